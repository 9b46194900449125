import { Button, Menu, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type Form, formOf, type Question, type QuestionKind } from '@wheelhouse/core';
import { moved, replaced, without } from '../../kit/conditionTree.ts';
import { useFault } from '../../kit/faults.ts';
import { QuestionCard } from '../../kit/QuestionCard.tsx';
import { kind_words, newQuestion } from '../../kit/question.ts';
import css from './Editor.module.css';
import type { Editor } from './useEditor.ts';

/** What the person who decides is asked. */
export function FormTab({ editor }: { editor: Editor }) {
  const { draft, set } = editor;
  const { form } = draft;
  if (!form) return <StandardForm editor={editor} />;
  const setForm = (change: Partial<Form>) => set({ form: { ...form, ...change } });
  const setQuestions = (questions: Question[]) => setForm({ questions });
  return (
    <div className={css.part}>
      <TextInput
        label="Heading"
        value={form.title ?? ''}
        onChange={({ currentTarget }) => setForm({ title: currentTarget.value || undefined })}
      />
      <Textarea
        label="Instructions"
        autosize
        minRows={1}
        maxRows={10}
        value={form.instructions ?? ''}
        onChange={({ currentTarget }) =>
          setForm({ instructions: currentTarget.value || undefined })
        }
      />
      {form.questions.map((question, at) => (
        <QuestionCard
          // biome-ignore lint/suspicious/noArrayIndexKey: a question's name is being typed; its place is what stays.
          key={at}
          question={question}
          at={at}
          count={form.questions.length}
          onChange={(next) => setQuestions(replaced(form.questions, at, next))}
          onMove={(by) => setQuestions(moved(form.questions, at, by))}
          onRemove={() => setQuestions(without(form.questions, at))}
        />
      ))}
      <FormFault />
      <div className={css.acts}>
        <AddQuestion
          form={form}
          onAdd={(question) => setQuestions([...form.questions, question])}
        />
        <Button variant="subtle" color="gray" onClick={() => set({ form: undefined })}>
          Use the standard form
        </Button>
      </div>
    </div>
  );
}

function FormFault() {
  const fault = useFault('form.questions');
  return fault ? <p className={css.fault}>{fault}</p> : null;
}

function StandardForm({ editor }: { editor: Editor }) {
  const { draft, set } = editor;
  const standard = formOf(draft);
  return (
    <div className={css.part}>
      <p className={css.quiet}>
        {draft.policy.mode === 'shadow'
          ? 'This gate asks for the answer itself, as a text: nobody sees what to approve.'
          : `This gate asks the standard question: approve, edit or reject ${
              draft.action ? 'the action' : 'what the AI proposes'
            }.`}
      </p>
      <FormFault />
      <div className={css.acts}>
        <Button variant="default" onClick={() => set({ form: standard })}>
          Ask something else
        </Button>
      </div>
    </div>
  );
}

const kinds = Object.keys(kind_words) as QuestionKind[];

function AddQuestion({ form, onAdd }: { form: Form; onAdd: (question: Question) => void }) {
  const has_verdict = form.questions.some(({ kind }) => kind === 'verdict');
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" leftSection={<IconPlus size={16} stroke={1.6} />}>
          Add a question
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map((kind) => (
          <Menu.Item
            key={kind}
            disabled={kind === 'verdict' && has_verdict}
            onClick={() => onAdd(newQuestion(kind, form))}
          >
            {kind_words[kind]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
