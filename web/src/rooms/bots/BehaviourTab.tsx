import {
  NumberInput,
  SegmentedControl,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { Bot, BotDefinition } from '@wheelhouse/core';
import { useFault, useFaultsUnder } from '../../kit/faults.ts';
import { Panel } from '../../kit/Panel.tsx';
import css from './Bots.module.css';
import { RoutingPanel, TargetsPanel } from './CarePanels.tsx';
import fields from './Fields.module.css';
import { GateField } from './GateField.tsx';
import { HoursPanel } from './HoursPanel.tsx';
import { PreChatPanel } from './PreChatPanel.tsx';
import { SecretPanel } from './SecretPanel.tsx';
import type { BotEditor } from './useBotEditor.ts';
import { posture_words } from './words.ts';

interface BehaviourTabProps {
  bot: Bot;
  editor: BotEditor;
  may: boolean;
}

/** How a bot speaks, when it does so by itself, and what customers are owed. */
export function BehaviourTab({ bot, editor, may }: BehaviourTabProps) {
  return (
    <div className={css.part}>
      <fieldset className={fields.fields} disabled={!may}>
        <Voice editor={editor} />
        <PreChatPanel editor={editor} />
        <Trust editor={editor} />
        <HoursPanel
          hours={editor.draft.hours}
          onHours={(hours) => editor.set({ hours } as Partial<BotDefinition>)}
        />
        <TargetsPanel editor={editor} />
        <RoutingPanel editor={editor} />
        <WaitingPanel editor={editor} />
        <Pages editor={editor} />
      </fieldset>
      {may && <SecretPanel bot={bot.name} />}
    </div>
  );
}

function Voice({ editor: { draft, set } }: { editor: BotEditor }) {
  const faults = {
    title: useFault('title'),
    greeting: useFault('greeting'),
    instructions: useFault('instructions'),
  };
  const text = (name: 'title' | 'greeting' | 'instructions') => ({
    value: draft[name] ?? '',
    error: faults[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      set({ [name]: value || undefined }),
  });
  return (
    <Panel title="How it speaks">
      <TextInput
        label="Title"
        description="Customers read it beside what the bot says, with the word AI."
        {...text('title')}
      />
      <Textarea
        label="Greeting"
        description="Shown when the chat is opened."
        autosize
        minRows={1}
        {...text('greeting')}
      />
      <Switch
        label="Write with the language model, when the server has one"
        description="It writes from the articles and intents alone. Without one the bot answers in their words."
        checked={draft.uses_model}
        onChange={({ currentTarget }) => set({ uses_model: currentTarget.checked })}
      />
      <Textarea
        label="Instructions for the language model"
        description="Tone, what to do, what to leave alone. They cannot widen what it knows, nor get past the gate."
        autosize
        minRows={3}
        maxRows={16}
        {...text('instructions')}
      />
    </Panel>
  );
}

const postures = (['auto', 'draft', 'off'] as const).map((value) => ({
  value,
  label: { auto: 'By itself', draft: 'Drafts', off: 'Off' }[value],
}));

function Trust({ editor: { draft, set } }: { editor: BotEditor }) {
  const fault = useFault('hand_off_below');
  const share_fault = useFault('preference_share');
  const gate = (name: 'gate' | 'hand_off_gate', label: string, description: string) => (
    <GateField
      field={name}
      label={label}
      description={description}
      value={draft[name]}
      fresh="There is no gate of that name yet; it is made with the bot."
      onGate={(value) => set({ [name]: value })}
    />
  );
  return (
    <Panel title="When it speaks by itself">
      <div>
        <SegmentedControl
          aria-label="Posture"
          data={postures}
          value={draft.posture}
          onChange={(posture) => set({ posture: posture as BotDefinition['posture'] })}
        />
        <p className={css.fine}>{posture_words[draft.posture]}.</p>
      </div>
      <div className={fields.two}>
        {gate('gate', 'Gate of its replies', 'What it holds is a draft that a person sends.')}
        {gate(
          'hand_off_gate',
          'Gate that asks for a person',
          'Its queue and ladder say who comes.',
        )}
      </div>
      <NumberInput
        label="Hands over under a confidence of"
        description="Surer than this, it drafts or speaks, as the gate says. Less sure, it asks or hands over."
        min={0}
        max={1}
        step={0.05}
        decimalScale={2}
        value={draft.hand_off_below}
        error={fault}
        className={fields.number}
        onChange={(value) => typeof value === 'number' && set({ hand_off_below: value })}
      />
      <Switch
        label="Asks once what is meant when unsure"
        description="With the nearest topics to pick from, before a person comes."
        checked={draft.clarifies}
        onChange={({ currentTarget }) => set({ clarifies: currentTarget.checked })}
      />
      <NumberInput
        label="Asks which of two answers is better"
        description="Of what share of its answers, where two different ones pass its gate. The one that the customer chooses is said. 0 asks nobody."
        suffix=" %"
        min={0}
        max={100}
        decimalScale={1}
        value={Math.round(draft.preference_share * 1_000) / 10}
        error={share_fault}
        className={fields.number}
        onChange={(value) => typeof value === 'number' && set({ preference_share: value / 100 })}
      />
    </Panel>
  );
}

const minute_ms = 60_000;
const waits = [
  ['tell_after_ms', 'Told that they still wait after', 'Then each time after twice as long.'],
  [
    'silent_after_ms',
    'A silent member is reminded after',
    'Who has the wheel and does not answer.',
  ],
  ['silent_grace_ms', 'Another person is asked for after', 'Counted from the reminder.'],
  ['offer_ms', 'An offer goes on after', 'When whom it was offered to does not take it.'],
  ['widen_after_ms', 'Skills are asked for no more after', 'And after as long again the language.'],
  ['call_back_after_ms', 'May ask to be called back after', 'While nobody takes it.'],
] as const;

function WaitingPanel({ editor: { draft, set } }: { editor: BotEditor }) {
  const faults = useFaultsUnder('waiting');
  return (
    <Panel
      title="What a waiting customer is owed"
      say="In minutes. Nights and holidays do not count."
    >
      <div className={fields.three}>
        {waits.map(([name, label, description]) => (
          <NumberInput
            key={name}
            label={label}
            description={description}
            suffix=" min"
            min={0.1}
            decimalScale={1}
            value={draft.waiting[name] / minute_ms}
            error={faults.find(({ field }) => field === `waiting.${name}`)?.message}
            onChange={(value) =>
              typeof value === 'number' &&
              set({ waiting: { ...draft.waiting, [name]: Math.round(value * minute_ms) } })
            }
          />
        ))}
      </div>
    </Panel>
  );
}

function Pages({ editor: { draft, set } }: { editor: BotEditor }) {
  const faults = useFaultsUnder('origins');
  return (
    <Panel title="Which pages may show it">
      <TagsInput
        label="Origins"
        description="Such as https://shop.example. With none, any page may."
        value={draft.origins}
        error={faults[0]?.message}
        onChange={(origins) => set({ origins })}
      />
    </Panel>
  );
}
