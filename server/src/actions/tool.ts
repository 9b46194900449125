import {
  type BotDefinition,
  day,
  type FieldFault,
  GateDefinition,
  gateOf,
  hour,
  invalid,
  minute,
  type Principal,
  plus,
  refuse,
  type Tool,
  type ToolSecret,
  toolFaults,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { appendEvents } from '../store/events.ts';
import { ensureToolSecret, findToolSecret, replaceToolSecret } from '../store/tool-secrets.ts';
import type { RulingsCache } from './definition.ts';
import { changeGate } from './gate.ts';
import { newWebhookSecret } from './webhook.ts';
import { within } from './within.ts';

/** How long the secret before a new one signs as well. */
const overlap_ms = day;

/** The gate that comes with a tool: a person decides each call, until somebody says otherwise. */
export const firstToolGate = (tool: Tool): GateDefinition =>
  GateDefinition.parse({
    title: tool.title ?? tool.name.replaceAll(/[-_]/g, ' '),
    description: tool.description,
    queue: 'conversations',
    policy: {
      mode: 'always',
      priority: 5,
      deadline: { ladder: [{ after_ms: 10 * minute, do: 'remind' }], expire_after_ms: day - hour },
    },
    action: {
      name: tool.name,
      description: tool.description,
      arguments_schema: tool.arguments_schema,
    },
  });

/** @throws Refusal invalid, by field; forbidden_address */
export function checkTools({ network }: Ports, { tools, intents }: BotDefinition): void {
  const faults = toolFaults(tools, intents);
  if (faults.length) throw invalid(...faults);
  tools.forEach(({ carried_out }, at) => {
    if (carried_out.by === 'http') network.check(carried_out.url, `tools.${at}.carried_out.url`);
  });
}

/** Gives each tool its gate and its secret, where there are none yet. A gate that guards another action
 *  could let no call of it through. @throws Refusal invalid, by field */
export async function ensureTools(
  ports: Ports,
  rulings: RulingsCache,
  tx: Tx,
  by: Principal,
  bot: string,
  { tools }: BotDefinition,
): Promise<void> {
  const current = await rulings.current(tx, by, tools.map(gateOf));
  const faults: FieldFault[] = [];
  for (const [at, tool] of tools.entries()) {
    const gate = gateOf(tool);
    const found = current.get(gate)?.ruling.definition;
    if (!found) {
      const inside = within(ports, tx, () => {});
      await changeGate(inside, rulings, by, gate, firstToolGate(tool));
    } else if (found.action && found.action.name !== tool.name) {
      const message = `its gate “${gate}” guards “${found.action.name}”; name another gate`;
      faults.push({ field: `tools.${at}.gate`, message });
    }
    if (tool.carried_out.by !== 'http') continue;
    const { origin } = new URL(tool.carried_out.url);
    ensureToolSecret(tx, by, { bot, tool: tool.name, origin, secret: newWebhookSecret(ports) });
  }
  if (faults.length) throw invalid(...faults);
}

/** Makes the secret that signs a tool's calls anew, and shows it this once; the one before signs beside
 *  it for a day. @throws Refusal not_found */
export async function makeToolSecret(
  ports: Ports,
  by: Principal,
  bot: string,
  tool: string,
): Promise<ToolSecret> {
  const secret = newWebhookSecret(ports);
  const made = await ports.database.transact(by, async (tx) => {
    const known = (await findBot(tx, by, bot))?.definition.tools.find(({ name }) => name === tool);
    if (known?.carried_out.by !== 'http' || !(await findToolSecret(tx, by, bot, tool))) {
      throw refuse('not_found', { bot, tool });
    }
    const previous_until = plus(tx.now, overlap_ms);
    replaceToolSecret(tx, by, { bot, tool, secret, previous_until });
    const data = { tool_secret: tool };
    appendEvents(tx, by, by, [{ type: 'bot.changed', subject: bot, data }]);
    return { secret, previous_until };
  });
  ports.database.wake();
  return made;
}
