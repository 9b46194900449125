import { ActionIcon, Select, Switch, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { Json, Tool } from '@wheelhouse/core';
import { type KeyboardEvent, useState } from 'react';
import { useFault } from '../../kit/faults.ts';
import { JsonText } from '../../kit/JsonText.tsx';
import level from '../../kit/Level.module.css';
import card from '../../kit/QuestionCard.module.css';
import { ArgumentLimits } from './ArgumentLimits.tsx';
import {
  type Argument,
  type ArgumentKind,
  argument_kinds,
  isObject,
  movedArgument,
  nameFault,
  renamedArgument,
  withArgument,
  withKind,
  withMember,
  withoutArgument,
  withQuestion,
  withRequired,
} from './toolArguments.ts';

interface ArgumentCardProps {
  argument: Argument;
  at: number;
  /** How many are asked for; they come first. */
  asked: number;
  tool: Tool;
  /** Where its question stands, for its fault. */
  field: string;
  onTool: (tool: Tool) => void;
}

const kinds = Object.entries(argument_kinds).map(([value, label]) => ({ value, label }));

/** One argument: what it is, and how a customer is asked for it. */
export function ArgumentCard(props: ArgumentCardProps) {
  const { argument, at, tool, field, onTool } = props;
  const { name, kind, required, schema } = argument;
  const move = (by: number) => onTool(movedArgument(tool, name, by));
  const setSchema = (next: Json) => onTool(withArgument(tool, name, next));
  const keyed = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!event.altKey || !by) return;
    event.preventDefault();
    move(by);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would put its disabled state on what is inside; this only groups.
    <div className={card.card} role="group" aria-label={`Argument ${at + 1}`} onKeyDown={keyed}>
      <CardHead {...props} onMove={move} />
      <div className={`${level.level} ${card.pair}`}>
        <Select
          label="Kind"
          allowDeselect={false}
          data={
            kind === 'other' ? [...kinds, { value: 'other', label: 'As its JSON says' }] : kinds
          }
          value={kind}
          onChange={(picked) =>
            picked &&
            picked !== kind &&
            setSchema(withKind(schema, picked as Exclude<ArgumentKind, 'other'>))
          }
        />
        <ArgumentName name={name} tool={tool} onTool={onTool} />
      </div>
      <Switch
        label="It is needed"
        description="The bot asks for it before it calls. What is not needed is taken when the customer says it."
        checked={required}
        onChange={({ currentTarget }) => onTool(withRequired(tool, name, currentTarget.checked))}
      />
      {kind === 'other' ? (
        <JsonText
          label="What it may be, as JSON Schema"
          description="A list, an object or a choice of shapes: no words of a customer can give it, only a language model can."
          min_rows={3}
          value={schema}
          onChange={(value) => setSchema(value as Json)}
        />
      ) : (
        <Words argument={argument} tool={tool} field={field} onTool={onTool} />
      )}
      {kind !== 'other' && <ArgumentLimits kind={kind} schema={schema} onSchema={setSchema} />}
    </div>
  );
}

type WordsProps = Pick<ArgumentCardProps, 'argument' | 'tool' | 'field' | 'onTool'>;

/** What it is called, and how it is asked for. */
function Words({ argument: { name, required, schema }, tool, field, onTool }: WordsProps) {
  const fault = useFault(field);
  const member = (key: string) => {
    const value = isObject(schema) ? schema[key] : undefined;
    return typeof value === 'string' ? value : '';
  };
  const setMember = (key: string, value: string) =>
    onTool(withArgument(tool, name, withMember(schema, key, value || undefined)));
  const title = member('title') || name.replaceAll('_', ' ');
  return (
    <>
      <TextInput
        label="What it is called"
        description="In words, for the customer and for whoever approves the call."
        placeholder={name.replaceAll('_', ' ')}
        value={member('title')}
        onChange={({ currentTarget }) => setMember('title', currentTarget.value)}
      />
      {(required || Object.hasOwn(tool.asks, name)) && (
        <TextInput
          label="How the customer is asked for it"
          description="In these words, whatever their language. Left empty, the bot asks in theirs."
          placeholder={`Please tell me: ${title}`}
          value={tool.asks[name] ?? ''}
          error={fault}
          onChange={({ currentTarget }) => onTool(withQuestion(tool, name, currentTarget.value))}
        />
      )}
      <TextInput
        label="Help"
        description="For a language model, and beside the field when a call is edited."
        value={member('description')}
        onChange={({ currentTarget }) => setMember('description', currentTarget.value)}
      />
    </>
  );
}

interface ArgumentNameProps {
  name: string;
  tool: Tool;
  onTool: (tool: Tool) => void;
}

/** Its name, taken over as soon as it can be, so that no other argument is lost on the way to it. */
function ArgumentName({ name, tool, onTool }: ArgumentNameProps) {
  // `of` is the name that the typed text goes with.
  const [typed, setTyped] = useState({ text: name, of: name });
  const text = typed.of === name ? typed.text : name;
  const fault = nameFault(tool.arguments_schema, name, text);
  return (
    <TextInput
      label="Name"
      description="As your program gets it."
      value={text}
      error={fault && `${fault}. Not applied yet.`}
      onChange={({ currentTarget: { value } }) => {
        const refused = nameFault(tool.arguments_schema, name, value) !== undefined;
        setTyped({ text: value, of: refused ? name : value });
        if (!refused) onTool(renamedArgument(tool, name, value));
      }}
    />
  );
}

/** Where an argument may go, up to the last place there. */
const moves = [
  { by: -1, when: 'Earlier', key: 'Alt+↑', last: () => 0, Icon: IconArrowUp },
  { by: 1, when: 'Later', key: 'Alt+↓', last: (asked: number) => asked - 1, Icon: IconArrowDown },
] as const;

function CardHead(props: ArgumentCardProps & { onMove: (by: number) => void }) {
  const { argument, at, asked, tool, onTool, onMove } = props;
  const { name, required } = argument;
  return (
    <header className={card.head}>
      <h4 className={card.title}>Argument {at + 1}</h4>
      {moves.map(({ by, when, key, last, Icon }) => (
        <ActionIcon
          key={when}
          variant="subtle"
          color="gray"
          disabled={!required || at === last(asked)}
          onClick={() => onMove(by)}
          aria-label={`Ask for argument ${at + 1} ${when.toLowerCase()}`}
          title={`${when} (${key})`}
        >
          <Icon size={16} stroke={1.6} />
        </ActionIcon>
      ))}
      <ActionIcon
        variant="subtle"
        color="gray"
        onClick={() => onTool(withoutArgument(tool, name))}
        aria-label={`Remove argument ${at + 1}`}
      >
        <IconTrash size={16} stroke={1.6} />
      </ActionIcon>
    </header>
  );
}
