import { setTimeout as pause } from 'node:timers/promises';
import type { BatchResult, GatePromise, SubmissionResult } from '@wheelhouse/core';
import { Connection } from './connection.ts';
import type { Subject } from './subject.ts';

const patience_ms = 120_000;
const at_once = 200;

/** A gate as those around it have it: a program that submits, and people who decide. */
export class StaffedGate {
  readonly name: string;
  #program: Connection;
  #people: Connection[];
  /** Cases that came to a decision, and the answers that it took. */
  decided = 0;
  answers = 0;

  private constructor(name: string, program: Connection, people: Connection[]) {
    this.name = name;
    this.#program = program;
    this.#people = people;
  }

  /** @param policy with a quorum of as many as there are to be people */
  static async open({ url, key }: Subject, name: string, policy: { quorum: { of: number } }) {
    const program = await Connection.open(url, key);
    await program.must(201, 'PUT', `/gates/${name}`, { policy });
    const people: Connection[] = [];
    while (people.length < policy.quorum.of) {
      const body = { name: `${name}-${people.length}`, role: 'reviewer' };
      const person = await program.must<{ key: string }>(201, 'POST', '/keys', body);
      people.push(await Connection.open(url, person.key));
    }
    return new StaffedGate(name, program, people);
  }

  /** @returns what became of each, in their order */
  async submit(outputs: readonly object[]): Promise<SubmissionResult[]> {
    const path = `/gates/${this.name}/outputs`;
    const lines = outputs.map((output) => JSON.stringify(output)).join('\n');
    const { status, text } = await this.#program.request(
      'POST',
      path,
      lines,
      'application/x-ndjson',
    );
    const { results = [] } = JSON.parse(text) as { results?: SubmissionResult[] };
    if (status !== 200 || results.length !== outputs.length || results.some(({ id }) => !id)) {
      throw new Error(`POST ${path}: ${status} ${text.slice(0, 500)}`);
    }
    return results;
  }

  /** One after the other approves or rejects, until it is decided.
   *  @param cases what each of the people says of them */
  async decide(cases: readonly { case_id: string; says: readonly boolean[] }[]): Promise<void> {
    let open = cases;
    for (const [nth, person] of this.#people.entries()) {
      const ended = new Set<string>();
      for (const right of [true, false]) {
        const ids = open.filter(({ says }) => says[nth] === right).map(({ case_id }) => case_id);
        for (let at = 0; at < ids.length; at += at_once) {
          const { results } = await person.must<BatchResult>(200, 'POST', '/cases/batch', {
            case_ids: ids.slice(at, at + at_once),
            values: right ? { verdict: 'approve' } : { verdict: 'reject', reason: 'it is wrong' },
          });
          for (const one of results) {
            if (!one.ok) throw new Error(`an answer was refused: ${JSON.stringify(one)}`);
            if (one.outcome) ended.add(one.case_id);
          }
        }
      }
      this.answers += open.length;
      this.decided += ended.size;
      open = open.filter(({ case_id }) => !ended.has(case_id));
    }
    if (open.length) throw new Error(`${open.length} cases were not decided`);
  }

  promise(by: 'hour' | 'day' = 'hour'): Promise<GatePromise> {
    return this.#program.must(200, 'GET', `/gates/${this.name}/promise?by=${by}`);
  }

  close(): void {
    this.#program.close();
    for (const person of this.#people) person.close();
  }
}

/** Waits until every decision of these gates was counted and looked at, as a server has done long before
 *  a week's next outputs come. */
export async function lookedAt(subject: Subject, gates: readonly StaffedGate[]): Promise<void> {
  const late = performance.now() + patience_ms;
  const wait = async () => {
    if (performance.now() > late) throw new Error('decisions were not looked at');
    await pause(50);
  };
  for (const gate of gates) while (labelled(await gate.promise()) < gate.decided) await wait();
  // The look under way may have begun before the last label; the one after it has not.
  const from = await subject.turns('certify');
  while ((await subject.turns('certify')) < from + 2) await wait();
}

const labelled = ({ epochs }: GatePromise): number =>
  epochs.flatMap(({ tiers }) => tiers).reduce((sum, tier) => sum + tier.labelled, 0);
