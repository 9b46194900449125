import {
  type Bot,
  type CallRecord,
  type ConversationRecord,
  fieldWords,
  type Json,
  said,
  type Turn,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import type { OutputRow } from '../store/outputs.ts';
import { botPrincipal } from './hand-off.ts';
import { newSalt } from './salt.ts';

const longest_note = 2_000;

type Noted = Pick<CallRecord, 'workspace_id' | 'bot' | 'output_id'>;

/** What came of a call, as a note for whoever has the wheel: the customer was not told by the bot
 *  (rule W51). */
export function noted(ports: Ports, tx: Tx, turn: Turn, call: CallRecord): Turn {
  const { tool, state, result, fault } = call;
  const came = fault ?? (result === null ? '' : JSON.stringify(result));
  return note(ports, tx, turn, call, [`${tool}: ${state}`, came].filter(Boolean).join('. '));
}

/** A call that was asked for and is not made, as a note: whoever has the wheel now is to know of it, lest
 *  it be done twice or never (rule W122). */
export function notedCalledOff(of: {
  ports: Ports;
  tx: Tx;
  row: ConversationRecord;
  output: OutputRow;
  bot: Bot | undefined;
}): Turn {
  const { ports, tx, row, output, bot } = of;
  const { name = '', arguments: given = {} } = output.action ?? {};
  const title = bot?.definition.tools.find((tool) => tool.name === name)?.title ?? name;
  const when = output.outcome?.status === 'cancelled' ? 'before anybody decided' : 'after all';
  const words = `${title} was asked for by the AI and called off, ${when}. It was not done.`;
  const what = Object.entries(given).map(([key, value]) => `${fieldWords(key)}: ${plain(value)}`);
  const turn = { next: row, messages: [], events: [] };
  const call = { workspace_id: row.workspace_id, bot: row.bot, output_id: output.id };
  return note(ports, tx, turn, call, [words, ...what].join('\n'));
}

const plain = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function note(ports: Ports, tx: Tx, turn: Turn, call: Noted, text: string): Turn {
  const by = botPrincipal({ workspace_id: call.workspace_id }, call.bot);
  const message = {
    id: ports.makeId('message', tx.now),
    salt: newSalt(ports.chance),
    author_kind: 'bot' as const,
    author_id: by.id,
    author_name: by.name,
    audience: 'team' as const,
    body: { kind: 'text' as const, text: text.slice(0, longest_note) },
    output_id: call.output_id,
  };
  return said(turn, message, 'conversation.noted', tx.now);
}
