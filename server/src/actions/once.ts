import { type Principal, refuse } from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { findRemembered, keepReply, lockKey } from '../store/idempotency.ts';
import { type Asked, insistKept, replayOf } from './replay.ts';
import { within } from './within.ts';

/** How long a second request waits for the answer of the first, and how soon it looks first; then
 *  ever more seldom. */
const patience_ms = 3_000;
const first_look_ms = 25;

/** A write with its key, and the address that it was sent to. */
type Addressed = Asked & { address: string };
interface Done {
  status: number;
  response: unknown;
  /** What is kept under the key, where that is less than what is answered. */
  kept: unknown;
}

/** Runs a write once for a key (rule O4). What is done and the answer that is kept are one
 *  transaction, which holds the key: a server that dies in it leaves neither behind, and the key is
 *  free as soon as the engine has noticed, not after a time that someone guessed. One that comes while
 *  the first is under way waits for its answer.
 *  @param run acts by the ports it is given, and may be run again
 *  @throws Refusal key_reused, erased */
export async function onlyOnce(
  ports: Ports,
  by: Principal,
  once: Addressed,
  run: (ports: Ports) => Promise<Done>,
): Promise<{ status: number; response: unknown }> {
  for (let waited_ms = 0, rest_ms = first_look_ms; ; rest_ms *= 2) {
    const done = await tryOnce(ports, by, once, run);
    if (done) return done;
    if (waited_ms >= patience_ms) {
      const words = 'The first request with this key is still under way.';
      throw refuse('key_reused', { key: once.key, under_way: true }, words);
    }
    await ports.clock.pause(rest_ms);
    waited_ms += rest_ms;
  }
}

/** @returns undefined while another request has the key */
async function tryOnce(
  ports: Ports,
  by: Principal,
  once: Addressed,
  run: (ports: Ports) => Promise<Done>,
) {
  let told = false;
  const done = await ports.database.transact(by, async (tx) => {
    const name = { principal: by.id, key: once.key };
    // Not waited for here: whoever waits would keep a connection from whoever works. Who has the key may
    // be another one that only reads what is kept: of eight at once, most heard after 800 ms instead of 50.
    const free = await lockKey(tx, by, name);
    const [first] = await findRemembered(tx, by, [name]);
    if (first) return { status: first.status, response: replayOf(first, once) };
    if (!free) return undefined;
    const tell = () => {
      told = true;
    };
    const answer = await run(within(ports, tx, tell));
    const { status, kept: response } = answer;
    const row = { ...name, request: once.request, status, response };
    insistKept([row], await keepReply(tx, by, row, once.address));
    return answer;
  });
  if (told) ports.database.wake();
  return done;
}
