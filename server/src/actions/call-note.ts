import { type CallRecord, said, type Turn } from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { botPrincipal } from './hand-off.ts';
import { newSalt } from './salt.ts';

const longest_note = 2_000;

/** What came of a call, as a note for whoever has the wheel: the customer was not told by the bot
 *  (rule W51). */
export function noted(ports: Ports, tx: Tx, turn: Turn, call: CallRecord): Turn {
  const { tool, state, result, fault, output_id } = call;
  const came = fault ?? (result === null ? '' : JSON.stringify(result));
  const text = [`${tool}: ${state}`, came].filter(Boolean).join('. ').slice(0, longest_note);
  const by = botPrincipal({ workspace_id: call.workspace_id }, call.bot);
  const message = {
    id: ports.makeId('message', tx.now),
    salt: newSalt(ports.chance),
    author_kind: 'bot' as const,
    author_id: by.id,
    author_name: by.name,
    audience: 'team' as const,
    body: { kind: 'text' as const, text },
    output_id,
  };
  return said(turn, message, 'conversation.noted', tx.now);
}
