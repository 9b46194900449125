import { Button, Menu, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type PreChatForm, pre_chat_kinds, type Question } from '@wheelhouse/core';
import { moved, replaced, without } from '../../kit/conditionTree.ts';
import { useFault } from '../../kit/faults.ts';
import { Panel } from '../../kit/Panel.tsx';
import { QuestionCard } from '../../kit/QuestionCard.tsx';
import { kind_words, newQuestion } from '../../kit/question.ts';
import css from './Bots.module.css';
import fields from './Fields.module.css';
import type { BotEditor } from './useBotEditor.ts';

const line = { kind: 'text', multiline: false, max_length: 320 } as const;
/** Questions that most forms have; the widget asks them in the customer's language. */
const ready: { label: string; question: Question }[] = [
  { label: 'Name', question: { ...line, name: 'name', required: false } },
  { label: 'E-mail', question: { ...line, name: 'email', required: true } },
  { label: 'Telephone', question: { ...line, name: 'phone', required: false } },
  {
    label: 'Topic',
    question: {
      kind: 'choice',
      name: 'topic',
      required: true,
      multiple: false,
      options: [
        { value: 'order', label: 'An order' },
        { value: 'other', label: 'Something else' },
      ],
    },
  },
];
const first_form: PreChatForm = {
  skippable: true,
  questions: ready.slice(0, 2).map(({ question }) => question),
};

/** What customers are asked before their first message. */
export function PreChatPanel({ editor: { draft, set } }: { editor: BotEditor }) {
  const { pre_chat_form: form } = draft;
  const setForm = (change: Partial<PreChatForm>) =>
    form && set({ pre_chat_form: { ...form, ...change } });
  const setQuestions = (questions: Question[]) => setForm({ questions });
  const fault = useFault('pre_chat_form.questions');
  return (
    <Panel
      title="What it asks first"
      say="A short form before the first message. What is known of a customer is not asked again."
    >
      <Switch
        label="Ask before the chat"
        checked={form !== undefined}
        onChange={({ currentTarget }) =>
          set({ pre_chat_form: currentTarget.checked ? first_form : undefined })
        }
      />
      {form && (
        <>
          <Switch
            label="May be skipped"
            description="Where it may not, no conversation begins before it is filled in."
            checked={form.skippable}
            onChange={({ currentTarget }) => setForm({ skippable: currentTarget.checked })}
          />
          <TextInput
            label="Heading of the form"
            description="Left empty, it says “Before we begin” in the customer’s language."
            value={form.title ?? ''}
            onChange={({ currentTarget }) => setForm({ title: currentTarget.value || undefined })}
          />
          {form.questions.map((question, at) => (
            <QuestionCard
              // biome-ignore lint/suspicious/noArrayIndexKey: a question's name is being typed; its place is what stays.
              key={at}
              question={question}
              at={at}
              count={form.questions.length}
              path="pre_chat_form.questions"
              kinds={pre_chat_kinds}
              corrects={false}
              onChange={(next) => setQuestions(replaced(form.questions, at, next))}
              onMove={(by) => setQuestions(moved(form.questions, at, by))}
              onRemove={() => setQuestions(without(form.questions, at))}
            />
          ))}
          {fault && <p className={css.fault}>{fault}</p>}
          <div className={fields.dialog_acts}>
            <AddQuestion form={form} onAdd={(next) => setQuestions([...form.questions, next])} />
          </div>
          <p className={css.fine}>
            Answers to <code>name</code> and <code>email</code> are the contact’s own. Another, such
            as <code>topic</code>, is an attribute: answers may name it as{' '}
            <code>{'{contact.topic}'}</code>, a gate’s rule may ask for{' '}
            <code>metadata.contact.attributes.topic</code>.
          </p>
        </>
      )}
    </Panel>
  );
}

interface AddQuestionProps {
  form: PreChatForm;
  onAdd: (question: Question) => void;
}

function AddQuestion({ form, onAdd }: AddQuestionProps) {
  const asked = new Set(form.questions.map(({ name }) => name));
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" leftSection={<IconPlus size={16} stroke={1.6} />}>
          Add a question
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ready.map(({ label, question }) => (
          <Menu.Item
            key={label}
            disabled={asked.has(question.name)}
            onClick={() => onAdd(question)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {pre_chat_kinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => onAdd(newQuestion(kind, form))}>
            {kind_words[kind]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
