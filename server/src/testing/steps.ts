import {
  BotDefinition,
  type ConversationSubmission,
  type GateDefinition,
  type Principal,
  type Role,
  systemOf,
} from '@wheelhouse/core';
import { changeBot } from '../actions/bot.ts';
import { resumeBots, stopBots } from '../actions/bot-stop.ts';
import { briefsDue, completeBrief } from '../actions/brief.ts';
import { proposeCandidates } from '../actions/candidate.ts';
import { readCases } from '../actions/case.ts';
import { askInChat, sayInChat } from '../actions/chat.ts';
import { readTranscript } from '../actions/conversation.ts';
import { eraseConversation } from '../actions/erase-conversation.ts';
import { readOwnLog } from '../actions/event-log.ts';
import { changeGate } from '../actions/gate.ts';
import { minds } from '../actions/mind.ts';
import { openConversation } from '../actions/opening.ts';
import { readOutputs } from '../actions/read-output.ts';
import { giveBack, resolveConversation, takeWheel } from '../actions/wheel.ts';
import { createWorkspace } from '../actions/workspace.ts';
import { readConfig } from '../config.ts';
import { createApp } from '../http/app.ts';
import { callCarrier } from '../jobs/carry.ts';
import { effectBearer, turnTaker } from '../jobs/converse.ts';
import type { Database, Ports, Tx } from '../ports.ts';
import { realPorts } from '../serve.ts';
import { insertMember } from '../store/members.ts';
import { freshDatabase } from './engine.ts';
import { in_process } from './start.ts';

/** Ports whose every step at the database can be met: before and after each query, and as a
 *  transaction begins and has ended. Whoever is told may let others act before the step goes on. */
function stepped(ports: Ports): {
  ports: Ports;
  /** Calls `meet` at each step with its number from now on; undefined lets all pass. */
  onStep(meet: ((step: number) => Promise<void>) | undefined): void;
  /** How many steps were met since `onStep`. */
  steps(): number;
} {
  let meeting: ((step: number) => Promise<void>) | undefined;
  let met = 0;
  const step = async () => {
    if (meeting) await meeting(met++);
  };
  const watched = (tx: Tx): Tx => ({
    ...tx,
    scope: tx.scope,
    get now() {
      return tx.now;
    },
    write: (statement, values) => tx.write(statement, values),
    async query(statement, values) {
      await step();
      const rows = await tx.query(statement, values);
      await step();
      return rows as never;
    },
  });
  const database: Database = {
    ...ports.database,
    async transact(scope, work, terms) {
      await step();
      // What reads first sends its query with the beginning, so nothing may come before it.
      const result = await ports.database.transact(
        scope,
        (tx) => work(terms?.reads_first ? tx : watched(tx)),
        terms,
      );
      await step();
      return result;
    },
  };
  return {
    ports: { ...ports, database },
    onStep(meet) {
      meeting = meet;
      met = 0;
    },
    steps: () => met,
  };
}

const said = (text: string) => ({ kind: 'text' as const, text });
/** Who may take the wheel: members, as anybody who does (rule W89). */
const members = ['ana', 'ben'];
const idOf = (name: string) => `mem_${name.padEnd(26, '0')}`;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** Whether a job found something to do, or is to look again: what was committed may be hidden from it for
 *  a moment by a transaction of the engine's own. */
const isBusy = (done: number | 'soon') => done === 'soon' || done > 0;

/** Two servers on one database. What bots say goes out on one, a step at a time and only when it is
 *  told to; whoever acts does so on the other, between any two steps of the first. */
export async function startStepped(url_pattern: string, settings: Record<string, string> = {}) {
  const database = await freshDatabase(url_pattern);
  const config = readConfig({ WHEELHOUSE_PORT: '0', WHEELHOUSE_LOG: 'silent', ...settings });
  const ports = () => ({ ...realPorts(config, database.url, silent), trainer: in_process });
  const acting = createApp(ports(), config);
  const steps = stepped(ports());
  const sending = createApp(steps.ports, config);
  const workspace_id = await createWorkspace(acting.ports, 'Test');
  const system: Principal = { ...systemOf(workspace_id), role: 'admin' };
  await acting.ports.database.transact(system, async (tx) => {
    for (const name of members) {
      const person = {
        user_id: `user_${name}`,
        email: `${name}@example.com`,
        role: 'reviewer' as const,
      };
      await insertMember(tx, system, { id: idOf(name), name, ...person });
    }
  });
  const known = minds(steps.ports);
  const turns = turnTaker(steps.ports, sending.rulings, known, sending.submit);
  const effects = effectBearer(steps.ports, sending.rulings);
  const at = [acting.ports, acting.rulings] as const;
  const closing = new AbortController();
  return {
    steps,
    database_url: database.url,
    member: (name: string, role: Role = 'reviewer'): Principal => ({
      ...systemOf(workspace_id),
      kind: 'member',
      id: idOf(name),
      name,
      role,
    }),
    gate: (name: string, definition: GateDefinition) => changeGate(...at, system, name, definition),
    bot: (name: string, definition: unknown) =>
      changeBot(...at, system, name, BotDefinition.parse(definition)),
    async begin(body: ConversationSubmission) {
      const { id, contact } = await openConversation(acting.ports, system, body);
      const by = { workspace_id, kind: 'contact', id: contact.id, name: '' } as const;
      return {
        id,
        say: (text: string) => sayInChat(acting.ports, by, id, { body: said(text) }),
        askForPerson: () => askInChat(...at, by, id),
        take: (member: Principal) => takeWheel(...at, member, id, { force: false }),
        giveBack: (member: Principal) => giveBack(...at, member, id, undefined),
        resolve: (member: Principal) => resolveConversation(...at, member, id),
        erase: () => eraseConversation(...at, system, id),
        read: () => readTranscript(acting.ports, system, id, {}),
      };
    },
    stopBot: (bot: string) => stopBots(acting.ports, system, bot),
    resumeBot: (bot: string) => resumeBots(acting.ports, system, bot),
    /** What came to a gate from a conversation, newest first. */
    async outputs(gate: string, conversation_id: string) {
      const { rows } = await readOutputs(acting.ports, system, { gate, limit: 200 });
      return rows.filter((row) => row.conversation_id === conversation_id);
    },
    /** What waits at a gate. */
    cases: (gate: string) =>
      readCases(acting.ports, system, { gate, state: 'waiting', limit: 200 }),
    /** A reviewer's answer, given on the server whose steps are met. */
    answer: (by: Principal, case_id: string, values: Record<string, string>) =>
      sending.answer(by, {
        by,
        case_id,
        body: { status: 'submitted', values, shown_suggestion: true, spent_ms: 0 },
      }),
    /** What was decided is said by the other server, as far as its log shows it yet. */
    sayElsewhere: () => effectBearer(acting.ports, acting.rulings).run(),
    /** What of a conversation came to the log, by type. */
    async logged(id: string): Promise<string[]> {
      const events = await readOwnLog(acting.ports, system, { xid: '0', seq: '0' }, 10_000);
      return events.flatMap(({ type, subject }) => (subject === id ? [type] : []));
    },
    /** Bots take their turns and what was decided is said, until nothing is left to do. */
    async send(): Promise<void> {
      for (let idle = 0; idle < 2; ) {
        const done = [await turns.run(), await effects.run()];
        idle = done.some(isBusy) ? 0 : idle + 1;
      }
    },
    /** As `send`, and what the bots' tools are let through to do is carried out and told. */
    async carry(): Promise<void> {
      const { ports: met, rulings, submit } = sending;
      for (let idle = 0; idle < 2; ) {
        const calls = callCarrier({ ports: met, rulings, submit });
        const done = [await turns.run(), await effects.run(), await calls.run()];
        // One that takes long is not waited for by the job, but here it is.
        await calls.close?.();
        idle = done.some(isBusy) ? 0 : idle + 1;
      }
    },
    /** Briefs are completed and candidates made of what persons answered, on the server whose steps are
     *  met. */
    async learn(): Promise<void> {
      const briefing = { ports: steps.ports, minds: known, closing: closing.signal };
      for (const row of await briefsDue(steps.ports, 10)) await completeBrief(briefing, row);
      while (await proposeCandidates(steps.ports, known));
    },
    async stop() {
      closing.abort();
      await sending.close();
      await acting.close();
      await database.drop();
    },
  };
}
export type Stepped = Awaited<ReturnType<typeof startStepped>>;
