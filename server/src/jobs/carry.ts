import { type CallRecord, isRefusal, type Json, toMs } from '@wheelhouse/core';
import { Webhook as Signer } from 'standardwebhooks';
import {
  begunOf,
  type CallCame,
  type CallTarget,
  callsDue,
  endCall,
  openCall,
  sendAgain,
  targetOf,
} from '../actions/call.ts';
import { type Telling, tellCall } from '../actions/tell.ts';
import type { Incoming, Ports } from '../ports.ts';
import type { Job } from './run.ts';

const calls_at_once = 16;
/** Of a result. What is longer is cut short, and then it is text. */
const keep_bytes = 50_000;
/** How long others wait for one that is sent. */
const patience_ms = 100;

/** Calls of bots' tools are begun, sent, given up or told, each as it is due. One that fails is logged
 *  and looked at again when its time is up; it holds up no other. */
export function callCarrier(thinking: Omit<Telling, 'closing'>): Job {
  const closing = new AbortController();
  const all = { ...thinking, closing: closing.signal };
  const { ports } = thinking;
  const running = new Set<Promise<void>>();
  const begin = (call: CallRecord) => {
    const one = lookAt(all, call)
      .catch((error) =>
        ports.log.error(
          { error: String(error), output_id: call.output_id },
          'a call could not be looked at; it is looked at again',
        ),
      )
      .finally(() => running.delete(one));
    running.add(one);
    return one;
  };
  return {
    name: 'calls',
    every_ms: 250,
    wakes: true,
    async run() {
      if (running.size >= calls_at_once) await Promise.race(running);
      const due = await callsDue(ports, calls_at_once - running.size);
      if (!due.length) return 0;
      await Promise.race([Promise.all(due.map(begin)), ports.clock.pause(patience_ms)]);
      return due.length;
    },
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
}

async function lookAt(thinking: Telling, call: CallRecord): Promise<void> {
  const { ports } = thinking;
  if (call.state !== 'waiting' && call.state !== 'begun') return tellCall(thinking, call);
  const target = await targetOf(ports, call);
  const how = target.tool?.carried_out;
  const waits = call.state === 'waiting';
  if (how?.by === 'claim') {
    const fault = waits ? 'no program began it in time' : 'no program reported it in time';
    await endCall(ports, call, { state: waits ? 'failed' : 'uncertain', fault });
  } else if (waits || how?.idempotent) {
    await send(ports, call, target);
  } else {
    // Whoever sent it went away before writing down what came of it (rule W53).
    await endCall(ports, call, { state: 'uncertain', fault: 'its result was lost' });
  }
}

/** Sends a call, once: what came of it is written down, or not known. */
async function send(ports: Ports, call: CallRecord, target: CallTarget): Promise<void> {
  const { tool, secret } = target;
  if (tool?.carried_out.by !== 'http' || !secret) {
    await endCall(ports, call, { state: 'failed', fault: 'the tool is there no more' });
    return;
  }
  const { url, timeout_ms, idempotent } = tool.carried_out;
  const claimed = await openCall(ports, call, tool);
  if (!claimed) return;
  const begun = begunOf(call);
  const { output_id: id, action, hash, outcome } = claimed;
  const at = new Date(toMs(ports.clock.now()));
  const body = JSON.stringify({
    type: 'tool.called',
    timestamp: at.toISOString(),
    data: {
      tool: tool.name,
      arguments: action.arguments,
      output_id: id,
      hash,
      by: outcome.by,
      conversation_id: call.conversation_id,
      contact: target.contact && {
        id: target.contact.id,
        external_id: target.contact.external_id,
        verified: target.contact.verified,
      },
    },
  });
  const headers = signedBy(secret, { id, at, body });
  const came = await ports.network
    .send({ url, method: 'POST', headers, body, timeout_ms, keep_bytes })
    .then(cameOf, faultOf);
  if (came.state === 'uncertain' && idempotent && (await sendAgain(ports, begun))) return;
  await endCall(ports, begun, came);
}

/** As Standard Webhooks has it; the id is the output's, the same however often it is sent. */
function signedBy(
  { secret, previous_secret, previous_until }: NonNullable<CallTarget['secret']>,
  { id, at, body }: { id: string; at: Date; body: string },
): Record<string, string> {
  const both = previous_secret && (previous_until ?? '') > at.toISOString();
  const secrets = both ? [secret, previous_secret] : [secret];
  return {
    'content-type': 'application/json',
    'user-agent': 'Wheelhouse',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((one) => new Signer(one).sign(id, at, body)).join(' '),
  };
}

/** 2xx is done, 4xx was not carried out, and of anything else nobody knows. */
function cameOf({ status, body, bytes }: Incoming): CallCame {
  const whole = bytes ? Buffer.from(bytes).toString('utf8') : body;
  const text = whole.replaceAll('\u0000', '\uFFFD').toWellFormed();
  const result = jsonOf(text);
  if (status >= 200 && status < 300) return { state: 'done', result };
  const unknown = status < 400 || status >= 500 || status === 408;
  const said = typeof result === 'object' && result !== null && 'reason' in result;
  const fault = said ? String(result.reason).slice(0, 500) : `it answered ${status}`;
  return { state: unknown ? 'uncertain' : 'failed', fault };
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text || null;
  }
}

/** Before anything was sent, it was not carried out; else nobody knows. */
const never_sent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ENODATA', 'EHOSTUNREACH', 'ENETUNREACH']);
function faultOf(thrown: unknown): CallCame {
  const { code, message } = thrown as NodeJS.ErrnoException;
  const refused = isRefusal(thrown) || never_sent.has(code ?? '');
  return { state: refused ? 'failed' : 'uncertain', fault: String(message).slice(0, 500) };
}
