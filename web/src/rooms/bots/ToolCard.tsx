import { MultiSelect, Switch, Textarea, TextInput } from '@mantine/core';
import type { Bot, BotDefinition, Tool } from '@wheelhouse/core';
import { useFault, useFaultsUnder } from '../../kit/faults.ts';
import fields from './Fields.module.css';
import { GateField } from './GateField.tsx';
import { ToolArguments } from './ToolArguments.tsx';
import { ToolCarrying } from './ToolCarrying.tsx';
import { ToolSecretField } from './ToolSecretField.tsx';
import { titleOf } from './tools.ts';

interface ToolCardProps {
  tool: Tool;
  /** Its place in the definition, for its faults. */
  at: number;
  /** As it is saved. */
  bot: Bot;
  draft: BotDefinition;
  may: boolean;
  onTool: (tool: Tool) => void;
  /** Which intents call it, by their places. */
  onCalledBy: (places: number[]) => void;
}

/** One tool: what it does, when it is called and with what, who judges it and who carries it out. */
export function ToolCard({ tool, at, bot, draft, may, onTool, onCalledBy }: ToolCardProps) {
  const field = (name: string) => `tools.${at}.${name}`;
  const set = (change: Partial<Tool>) => onTool({ ...tool, ...change });
  return (
    <div className={fields.card}>
      <fieldset className={fields.fields} disabled={!may}>
        <Naming tool={tool} at={at} onTool={onTool} />
        <CalledFor tool={tool} draft={draft} may={may} onCalledBy={onCalledBy} />
        <ToolArguments tool={tool} field={(name) => field(name)} onTool={onTool} />
        <div>
          <h3 className={fields.subtitle}>Who judges it</h3>
          <GateField
            field={field('gate')}
            label="Gate"
            description="Each call is an output of this gate: passed, held for a person, or blocked."
            value={tool.gate ?? ''}
            otherwise={tool.name}
            fresh="There is no gate of that name yet. It is made with the tool, and holds every call for a person."
            says
            onGate={(gate) => {
              const { gate: _, ...rest } = tool;
              onTool(gate ? { ...rest, gate } : rest);
            }}
          />
        </div>
        <Switch
          label="Customers read why a person decided against it"
          description="The reviewer’s reason. Without this they are told that it was decided, and no more."
          checked={tool.tells_why}
          onChange={({ currentTarget }) => set({ tells_why: currentTarget.checked })}
        />
        <ToolCarrying
          carried_out={tool.carried_out}
          field={field('carried_out')}
          onCarriedOut={(carried_out) => set({ carried_out })}
        />
      </fieldset>
      {may && tool.carried_out.by === 'http' && <ToolSecretField bot={bot} tool={tool.name} />}
    </div>
  );
}

function Naming({ tool, at, onTool }: Pick<ToolCardProps, 'tool' | 'at' | 'onTool'>) {
  const faults = {
    title: useFault(`tools.${at}.title`),
    name: useFault(`tools.${at}.name`),
    description: useFault(`tools.${at}.description`),
  };
  return (
    <>
      <div className={fields.two}>
        <TextInput
          label="Title"
          description="Whoever approves a call reads it."
          value={tool.title ?? ''}
          error={faults.title}
          onChange={({ currentTarget: { value } }) => {
            const { title: _, ...rest } = tool;
            onTool(value ? { ...rest, title: value } : rest);
          }}
        />
        <TextInput
          label="Name"
          description="Its gate and your program know it by this."
          value={tool.name}
          error={faults.name}
          onChange={({ currentTarget }) => onTool({ ...tool, name: currentTarget.value })}
        />
      </div>
      <Textarea
        label="What it does"
        description="For whoever approves it, and for a language model that may call it."
        autosize
        minRows={2}
        maxRows={8}
        value={tool.description}
        error={faults.description}
        onChange={({ currentTarget }) => onTool({ ...tool, description: currentTarget.value })}
      />
    </>
  );
}

type CalledForProps = Pick<ToolCardProps, 'tool' | 'draft' | 'may' | 'onCalledBy'>;

/** The intents that call it. They are known by their places, since names change while they are typed. */
function CalledFor({ tool, draft: { intents, uses_model }, may, onCalledBy }: CalledForProps) {
  const bound = intents.flatMap((one, at) => (one.tool === tool.name ? [at] : []));
  const fault = useFaultsUnder('intents').find(({ field }) =>
    bound.some((at) => field === `intents.${at}.tool`),
  );
  const beside = uses_model
    ? 'A language model, where the server has one, may call it without an intent as well.'
    : 'The bot writes with no language model, so nothing else calls it.';
  return (
    <MultiSelect
      label="Called for these intents"
      description={`The intent’s answer is said of what came of it, and may name what it holds, such as {result.state} or {arguments.order}. ${beside}`}
      placeholder={
        bound.length ? undefined : intents.length ? 'No intent' : 'There is no intent yet'
      }
      data={intents.map((one, at) => ({ value: String(at), label: titleOf(one) }))}
      value={bound.map(String)}
      disabled={!may || !intents.length}
      searchable
      error={fault?.message}
      onChange={(places) => onCalledBy(places.map(Number))}
    />
  );
}
