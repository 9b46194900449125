import { ActionIcon, Button, Select, Textarea, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Intent, Tool } from '@wheelhouse/core';
import { useState } from 'react';
import { useFault } from '../../kit/faults.ts';
import css from './Bots.module.css';
import { SkillsField } from './CarePanels.tsx';
import fields from './Fields.module.css';
import { argumentsOf } from './toolArguments.ts';

interface IntentCardProps {
  intent: Intent;
  /** Its place in the definition, for its faults. */
  at: number;
  tools: readonly Tool[];
  warnings: readonly string[];
  disabled: boolean;
  onIntent: (intent: Intent) => void;
}

const facts = ['{contact.name}', '{hours.next_opening}'];
/** What an answer may name, of the tool that is called for it too. */
const variablesFor = (tool: Tool | undefined): string[] =>
  tool
    ? [...facts, ...argumentsOf(tool.arguments_schema).map(({ name }) => `{arguments.${name}}`)]
    : facts;

/** One intent: its name, what customers say, what they are told. */
export function IntentCard(props: IntentCardProps) {
  const { intent, at, tools, warnings, disabled, onIntent } = props;
  const field = (name: string) => `intents.${at}.${name}`;
  const set = (change: Partial<Intent>) => onIntent({ ...intent, ...change });
  const faults = {
    title: useFault(field('title')),
    name: useFault(field('name')),
    answer: useFault(field('answer')),
  };
  return (
    <fieldset className={fields.card} disabled={disabled}>
      {warnings.length > 0 && (
        <ul className={fields.warnings} aria-label="Warnings">
          {warnings.slice(0, 6).map((words) => (
            <li key={words}>{words}</li>
          ))}
          {warnings.length > 6 && <li>And {warnings.length - 6} more.</li>}
        </ul>
      )}
      <div className={fields.two}>
        <TextInput
          label="Title"
          description="Customers may be asked whether they mean it."
          value={intent.title ?? ''}
          error={faults.title}
          onChange={({ currentTarget: { value } }) => {
            const { title: _, ...rest } = intent;
            onIntent(value ? { ...rest, title: value } : rest);
          }}
        />
        <TextInput
          label="Name"
          description="Reports and programs know it by this."
          value={intent.name}
          error={faults.name}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
        />
      </div>
      <Phrases intent={intent} at={at} onExamples={(examples) => set({ examples })} />
      <CalledTool intent={intent} at={at} tools={tools} onIntent={onIntent} />
      <Textarea
        label="Answer"
        description={
          intent.tool === undefined
            ? 'Said as it stands, in Markdown. What is in braces is filled in; what is not known is left out.'
            : 'Said once the tool has done it. In braces it may name what was given, and what came of it, such as {result.state}.'
        }
        autosize
        minRows={3}
        maxRows={14}
        value={intent.answer}
        error={faults.answer}
        onChange={({ currentTarget }) => set({ answer: currentTarget.value })}
      />
      <SkillsField
        field={field('skills')}
        description="What whoever takes over this topic has to know."
        skills={intent.skills ?? []}
        onSkills={(skills) => {
          const { skills: _, ...rest } = intent;
          onIntent(skills.length ? { ...rest, skills } : rest);
        }}
      />
      <div className={css.acts}>
        {variablesFor(tools.find(({ name }) => name === intent.tool)).map((name) => (
          <Button
            key={name}
            size="compact-sm"
            variant="default"
            onClick={() => set({ answer: `${intent.answer}${name}` })}
          >
            Add {name}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}

type CalledToolProps = Pick<IntentCardProps, 'intent' | 'at' | 'tools' | 'onIntent'>;

/** The tool that is called for it, where the bot has any. */
function CalledTool({ intent, at, tools, onIntent }: CalledToolProps) {
  const fault = useFault(`intents.${at}.tool`);
  const { tool, ...untied } = intent;
  if (!tools.length && tool === undefined) return null;
  const names = [...new Set([...tools.map(({ name }) => name), ...(tool ? [tool] : [])])];
  const title = (name: string) => tools.find((one) => one.name === name)?.title || name;
  return (
    <Select
      label="Calls a tool"
      description="What it needs is read from the customer’s words, or asked for."
      placeholder="None: it only answers"
      data={names.map((name) => ({ value: name, label: title(name) }))}
      value={tool ?? null}
      clearable
      error={fault}
      onChange={(name) => onIntent(name ? { ...untied, tool: name } : untied)}
    />
  );
}

interface PhrasesProps {
  intent: Intent;
  at: number;
  onExamples: (examples: string[]) => void;
}

/** What customers say when they want it. Pasted lines are a phrase each. */
function Phrases({ intent: { examples }, at, onExamples }: PhrasesProps) {
  const [typed, type] = useState('');
  const fault = useFault(`intents.${at}.examples`);
  const add = () => {
    const lines = typed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line && !examples.includes(line));
    if (lines.length) onExamples([...new Set([...lines, ...examples])]);
    type('');
  };
  return (
    <div>
      <div className={fields.adding}>
        <Textarea
          label="Example phrases"
          description="As customers write them. Several lines are several phrases."
          placeholder="where is my parcel"
          autosize
          minRows={1}
          maxRows={6}
          value={typed}
          error={fault}
          className={css.search}
          onChange={({ currentTarget }) => type(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            add();
          }}
        />
        <Button variant="default" disabled={!typed.trim()} onClick={add}>
          Add
        </Button>
      </div>
      <ul className={fields.phrases} aria-label="Phrases">
        {examples.map((phrase, place) => (
          <li key={phrase}>
            <bdi>{phrase}</bdi>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`Remove the phrase ${phrase}`}
              onClick={() => onExamples(examples.filter((_, one) => one !== place))}
            >
              <IconX size={14} stroke={1.8} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </div>
  );
}
