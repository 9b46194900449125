import {
  day,
  type EventType,
  GateDefinition,
  hour,
  letsPass,
  minute,
  type Policy,
} from '@wheelhouse/core';
import type { Random } from './random.ts';

/** Where ladders lead, beside the queues of gates. */
export const ladder_queues = ['wide', 'high'] as const;

/** A gate as one run has it. */
export interface GatePlan {
  name: string;
  definition: GateDefinition;
}
export interface HookPlan {
  url: string;
  types: EventType[];
}

/** Holds everything, for the neighbour. */
export const everything_held = GateDefinition.parse({ policy: { mode: 'always' } });

const refund = {
  name: 'refund',
  arguments_schema: {
    type: 'object',
    properties: { order: { type: 'string' }, amount: { type: 'number', minimum: 0 } },
    required: ['order', 'amount'],
    additionalProperties: false,
  },
};
const over_500 = {
  when: { field: 'action.arguments.amount', op: '>', value: 500 },
  then: 'hold',
  reason: 'amount is over 500',
};

/** The gates of one run: an action behind rules, and one or two others of any mode. */
export function gatePlans(random: Random): GatePlan[] {
  const plans = [planOf('refunds', 'rules', random)];
  plans.push(planOf('replies', random.pick(['threshold', 'always', 'shadow'] as const), random));
  if (random.happens(0.5)) plans.push(planOf('spare', random.pick(modes), random));
  return plans;
}

const modes = ['rules', 'threshold', 'always', 'shadow', 'never'] as const;

/** One gate, its policy drawn anew. */
export function planOf(name: string, mode: (typeof modes)[number], random: Random): GatePlan {
  const own = {
    rules: { rules: [over_500], otherwise: random.pick(['pass', 'block']) },
    threshold: { threshold: 0.8 },
    always: {},
    shadow: {},
    never: {},
  }[mode];
  const policy = {
    mode,
    ...own,
    spot_check: random.pick([0, 0, 0.5]) * (letsPass({ mode, ...own } as Policy) ? 1 : 0),
    // In shadow nothing is rejected, so nobody rejects alone.
    quorum: { ...quorumOf(random), ...(mode === 'shadow' ? { veto: null } : {}) },
    deadline: deadlineOf(random),
    lease_ms: random.pick([30_000, 5 * minute]),
    undo_ms: random.pick([0, minute, 10 * minute]),
    decided_by: random.pick(['reviewer', 'reviewer', 'reviewer', 'lead']),
  };
  const queue = random.pick(['default', name]);
  const action = name === 'refunds' || random.happens(0.3) ? { action: refund } : {};
  return { name, definition: GateDefinition.parse({ queue, policy, ...action }) };
}

const quorumOf = (random: Random) =>
  random.pick([
    {},
    {},
    {},
    { approvals: 2, of: 2 },
    { approvals: 2, of: 3, veto: 'lead' },
    { approvals: 1, of: 1, roles: { lead: 1 } },
  ]);

function deadlineOf(random: Random) {
  const rungs = [
    { after_ms: 5 * minute, do: 'remind' },
    { after_ms: hour, do: 'widen', queue: ladder_queues[0] },
    { after_ms: 6 * hour, do: 'escalate', queue: ladder_queues[1] },
  ];
  const ladder = rungs.slice(0, random.pick([0, 0, 1, 3]));
  const before_the_end = ladder.filter(({ after_ms }) => after_ms < 2 * hour);
  return random.pick([
    {},
    { ladder },
    { ladder: before_the_end, expire_after_ms: 2 * hour },
    { ladder, expire_after_ms: 3 * day, fallback: 'reject' },
    {
      expire_after_ms: 30 * minute,
      fallback: 'approve',
      approve_in_words: 'Small sums may go when nobody looks in time.',
    },
  ]);
}

/** The webhooks of one run; now and then one that hears of everything. */
export function hookPlans(random: Random): HookPlan[] {
  const count = random.pick([0, 1, 1, 2]);
  return Array.from({ length: count }, (_each, at) => ({
    url: `https://hook-${at}.example/events`,
    types: random.pick<EventType[]>([
      ['output.decided'],
      ['output.decided', 'output.claimed', 'delivery.died'],
      ['case.resolved', 'case.undone'],
      ['queue.changed', 'output.decided'],
      ...(random.happens(0.1) ? [[] as EventType[]] : []),
    ]),
  }));
}
