import { GateDefinition } from '@wheelhouse/core';
import { demo_intents } from './intents.ts';
import { demo_tools } from './requests.ts';

/** Seconds in which a reviewer can take a decision back before it leaves. */
const undo_ms = 6_000;

const actionOf = (tool: keyof typeof demo_tools) => {
  const { description, arguments_schema } = demo_tools[tool] as (typeof demo_tools)[string];
  return { name: tool, description, arguments_schema };
};

const intent_form = {
  title: 'What does this customer want?',
  questions: [
    {
      kind: 'choice' as const,
      name: 'intent',
      title: 'Intent',
      options: demo_intents.map(({ intent, title, description }) => ({
        value: intent,
        label: title,
        description,
      })),
    },
  ],
};

export const topics_gate = 'message-topics';

/** The demo shop's gates, by name. */
export const demo_gates: Record<string, GateDefinition> = {
  'support-intents': GateDefinition.parse({
    title: 'Support messages',
    description: 'What a customer wants, as the built-in classifier reads it.',
    queue: 'support',
    policy: { mode: 'threshold', threshold: 0.8, spot_check: 0.05, undo_ms },
    form: intent_form,
  }),
  [topics_gate]: GateDefinition.parse({
    title: 'Message topics',
    description:
      'Sorts messages by itself where that is proven right: at most 5% of what passes is wrong.',
    queue: 'support',
    policy: { mode: 'guaranteed', alpha: 0.05, delta: 0.05 },
    form: intent_form,
  }),
  refunds: GateDefinition.parse({
    title: 'Refunds',
    description: 'The agent may refund small sums by itself; a person looks at the others.',
    queue: 'actions',
    policy: {
      mode: 'rules',
      otherwise: 'pass',
      rules: [
        { when: { field: 'action.arguments.amount', op: '>', value: 100 }, then: 'hold' },
        { when: { field: 'confidence', op: '<', value: 0.7 }, then: 'hold' },
        {
          when: { field: 'risk', op: '=', value: 'high' },
          then: 'hold',
          reason: 'the agent calls it high risk',
        },
      ],
      spot_check: 0.1,
      undo_ms,
    },
    action: actionOf('refund'),
  }),
  'address-changes': GateDefinition.parse({
    title: 'Address changes',
    queue: 'actions',
    policy: { mode: 'threshold', threshold: 0.9, spot_check: 0.1, undo_ms },
    action: actionOf('change_address'),
  }),
  'account-closures': GateDefinition.parse({
    title: 'Account closures',
    description: 'A closure cannot be taken back, so a person always decides.',
    queue: 'actions',
    policy: { mode: 'always', priority: 5, undo_ms },
    action: actionOf('close_account'),
  }),
};

export const gate_of_tool: Record<string, string> = {
  refund: 'refunds',
  change_address: 'address-changes',
  close_account: 'account-closures',
};
