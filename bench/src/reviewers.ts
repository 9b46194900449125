import { setTimeout as pause } from 'node:timers/promises';
import type { BatchResult, GatePromise, SubmissionResult } from '@wheelhouse/core';
import { Connection } from './connection.ts';
import type { Subject } from './subject.ts';

const at_once = 200;

interface Decidable {
  case_id: string;
  says: readonly boolean[];
}

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

  /** @param staff how many may have to decide on a case */
  static async open({ url, key }: Subject, name: string, policy: object, staff = 1) {
    const program = await Connection.open(url, key);
    await program.must(201, 'PUT', `/gates/${name}`, { policy });
    const people: Connection[] = [];
    while (people.length < staff) {
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

  /** Decides on cases in the order in which they came: were all that are right decided first, a look in
   *  between would take the gate for better than it is.
   *  @param cases what each of the people says of them, asked one after the other until it is decided */
  async decide(cases: readonly Decidable[]): Promise<void> {
    for (let from = 0, to = 0; from < cases.length; from = to) {
      const right = cases[from]?.says[0];
      while (to < cases.length && cases[to]?.says[0] === right && to < from + at_once) to++;
      await this.#settle(cases.slice(from, to));
    }
  }

  async #settle(cases: readonly Decidable[]): Promise<void> {
    let open = cases;
    for (const [nth, person] of this.#people.entries()) {
      for (const right of [true, false]) {
        const some = open.filter(({ says }) => says[nth] === right);
        if (!some.length) continue;
        const { results } = await person.must<BatchResult>(200, 'POST', '/cases/batch', {
          case_ids: some.map(({ case_id }) => case_id),
          values: right ? { verdict: 'approve' } : { verdict: 'reject', reason: 'it is wrong' },
        });
        const refused = results.find(({ ok }) => !ok);
        if (refused) throw new Error(`an answer was refused: ${JSON.stringify(refused)}`);
        const ended = results.flatMap(({ case_id, outcome }) => (outcome ? [case_id] : []));
        this.answers += results.length;
        this.decided += ended.length;
        open = open.filter(({ case_id }) => !ended.includes(case_id));
      }
    }
    if (open.length) throw new Error(`${open.length} cases were not decided`);
  }

  promise(): Promise<GatePromise> {
    return this.#program.must(200, 'GET', `/gates/${this.name}/promise?by=hour`);
  }

  close(): void {
    this.#program.close();
    for (const person of this.#people) person.close();
  }
}

/** Waits until every decision of these gates was counted and looked at, as a server has done long before
 *  a week's next outputs come. */
export async function lookedAt(
  subject: Subject,
  gates: readonly Pick<StaffedGate, 'name' | 'decided'>[],
  patience_ms = 120_000,
): Promise<void> {
  const late = performance.now() + patience_ms;
  const wait = async () => {
    if (performance.now() > late) throw new Error('decisions were not looked at');
    await pause(50);
  };
  const program = await Connection.open(subject.url, subject.key);
  for (const { name, decided } of gates) {
    const path = `/gates/${name}/promise?by=hour`;
    while (labelled(await program.must(200, 'GET', path)) < decided) await wait();
  }
  program.close();
  // The look under way may have begun before the last label; the one after it has not.
  const from = await subject.turns('certify');
  while ((await subject.turns('certify')) < from + 2) await wait();
}

/** Has people decide on all that a gate is sent until it is certified: what is over one half is right. */
export async function prove(
  subject: Subject,
  gate: StaffedGate,
  outputs: readonly { confidence: number }[],
): Promise<void> {
  for (let rounds = 0; rounds < 50; rounds++) {
    const results = await gate.submit(outputs);
    const cases = results.flatMap(({ case_id }, at) => {
      const right = (outputs[at]?.confidence ?? 0) > 0.5;
      return case_id ? [{ case_id, says: [right] }] : [];
    });
    await gate.decide(cases);
    await lookedAt(subject, [gate]);
    if ((await gate.promise()).state === 'certified') return;
  }
  throw new Error(`${gate.name} was never certified`);
}

const labelled = ({ epochs }: GatePromise): number =>
  epochs.flatMap(({ tiers }) => tiers).reduce((sum, tier) => sum + tier.labelled, 0);
