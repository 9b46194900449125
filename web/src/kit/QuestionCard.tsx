import { ActionIcon, Select, Switch, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { Question, QuestionKind } from '@wheelhouse/core';
import type { KeyboardEvent } from 'react';
import { useFaultsUnder } from './faults.ts';
import level from './Level.module.css';
import css from './QuestionCard.module.css';
import { QuestionSettings, telling } from './QuestionSettings.tsx';
import { kind_words, withKind } from './question.ts';

interface QuestionCardProps {
  question: Question;
  at: number;
  count: number;
  /** Where the questions stand in what is edited. */
  path?: string;
  /** Which kinds there are to choose from. */
  kinds?: readonly QuestionKind[];
  corrects?: boolean;
  onChange: (question: Question) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

const every_kind = Object.keys(kind_words) as QuestionKind[];

/** One question while it is edited. */
export function QuestionCard(props: QuestionCardProps) {
  const { question, at, onChange, onMove, kinds = every_kind, corrects } = props;
  const path = `${props.path ?? 'form.questions'}.${at}`;
  const faults = useFaultsUnder(path);
  const faultOf = (name: string) =>
    faults.find(({ field }) => field === `${path}.${name}`)?.message;
  const elsewhere = faults.filter(
    ({ field }) => !['name', ...telling].includes(field.slice(path.length + 1)),
  );
  const keyed = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!event.altKey || !by) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would put its disabled state on what is inside; this only groups.
    <div className={css.card} role="group" aria-label={`Question ${at + 1}`} onKeyDown={keyed}>
      <CardHead {...props} />
      <div className={`${level.level} ${css.pair}`}>
        <Select
          label="Kind"
          allowDeselect={false}
          data={kinds.map((value) => ({ value, label: kind_words[value] }))}
          value={question.kind}
          onChange={(kind) => kind && onChange(withKind(question, kind as QuestionKind))}
        />
        <TextInput
          label="Name"
          description="As the answer carries it."
          value={question.name}
          error={faultOf('name')}
          onChange={({ currentTarget }) => onChange({ ...question, name: currentTarget.value })}
        />
      </div>
      <TextInput
        label="What is asked"
        placeholder={question.name.replaceAll('_', ' ')}
        value={question.title ?? ''}
        onChange={({ currentTarget }) =>
          onChange({ ...question, title: currentTarget.value || undefined })
        }
      />
      <TextInput
        label="Help"
        value={question.help ?? ''}
        onChange={({ currentTarget }) =>
          onChange({ ...question, help: currentTarget.value || undefined })
        }
      />
      <QuestionSettings
        question={question}
        faultOf={faultOf}
        onChange={onChange}
        corrects={corrects}
      />
      <Switch
        label="Must be answered"
        checked={question.required}
        onChange={({ currentTarget }) => onChange({ ...question, required: currentTarget.checked })}
      />
      {elsewhere.map(({ field, message }) => (
        <p key={field} className={css.fault}>
          {field === path ? message : `${field.slice(path.length + 1)}: ${message}`}
        </p>
      ))}
    </div>
  );
}

function CardHead({ at, count, onMove, onRemove }: QuestionCardProps) {
  return (
    <header className={css.head}>
      <h2 className={css.title}>Question {at + 1}</h2>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={at === 0}
        onClick={() => onMove(-1)}
        aria-label={`Move question ${at + 1} up`}
      >
        <IconArrowUp size={16} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={at === count - 1}
        onClick={() => onMove(1)}
        aria-label={`Move question ${at + 1} down`}
      >
        <IconArrowDown size={16} stroke={1.6} />
      </ActionIcon>
      {count > 1 && (
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={onRemove}
          aria-label={`Remove question ${at + 1}`}
        >
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </header>
  );
}
