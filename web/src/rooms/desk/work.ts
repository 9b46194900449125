import type { QueryClient } from '@tanstack/react-query';
import type { AnswerSubmission, Case, CaseRow, ClaimedCase } from '@wheelhouse/core';
import { type AnswerResult, api } from '../../live/api.ts';
import { keys, leaveOpenLists, touchedBy } from '../../live/cache.ts';
import { ApiProblem, isProblem, notToBeHad } from '../../live/problem.ts';
import { drafts } from './drafts.ts';
import { Leases } from './leases.ts';
import { sendAnswer } from './sendAnswer.ts';
import { undoableOf } from './undoable.ts';
import { nothing_yet, type WorkView } from './workView.ts';

/** Where the next case is to come from. */
export interface Source {
  /** `*` is every queue. */
  queue: string;
  /** Rows to take in their order instead of the queue's, for lists that are not a queue. */
  rows?: () => readonly CaseRow[];
}

export interface WorkHandlers {
  decided(asked: Case, result: AnswerResult): void;
  refused(asked: Case, problem: ApiProblem): void;
  /** A lease ran out or was taken from us. */
  lost(case_id: string): void;
}

export type AnswerBody = Omit<Partial<AnswerSubmission>, 'epoch'>;

const claim_tries = 5;
/** Refusals after which the lease that the answer came under is no longer ours. */
const spent: ReadonlySet<string> = new Set([
  'lease_lost',
  'already_resolved',
  'already_answered',
  'not_eligible',
  'own_request',
]);

/** The reviewer's work: what is held, what is on its way, what comes next. Deciding is optimistic:
 *  the case leaves the screen at once and the next, claimed beforehand, stands there; a refusal
 *  brings it back and is said aloud. */
export class Work {
  readonly leases: Leases;
  readonly #cache: QueryClient;
  readonly #handlers: WorkHandlers;
  readonly #watchers = new Set<() => void>();
  #view: WorkView = nothing_yet;
  #ahead: string | null = null;
  readonly #unsure = new Set<string>();
  #at_hand: string | null = null;
  #fetching: Promise<string | null> | null = null;
  readonly #claiming = new Map<string, Promise<boolean>>();
  #over = false;

  constructor(cache: QueryClient, handlers: WorkHandlers) {
    this.#cache = cache;
    this.#handlers = handlers;
    this.leases = new Leases({
      lost: (case_id) => {
        if (this.#ahead === case_id) this.#ahead = null;
        this.#unsure.delete(case_id);
        this.#refresh(case_id);
        this.#changed({});
        handlers.lost(case_id);
      },
      asked: (case_id, reached) => {
        // An answer that had arrived would have ended the lease.
        if (reached) this.#unsure.delete(case_id);
        this.#changed({});
      },
    });
  }

  start() {
    this.#over = false;
    this.leases.start();
  }
  stop() {
    this.#over = true;
    this.#ahead = null;
    this.leases.stop();
    this.#changed({});
  }

  readonly view = () => this.#view;
  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  };

  #changed(change: Partial<Pick<WorkView, 'gone' | 'sending' | 'undoable'>>) {
    const held = new Set(this.leases.ids());
    const doubtful = new Set(this.leases.doubtful(Date.now()));
    const unsure = new Set(this.#unsure);
    this.#view = { ...this.#view, ...change, held, doubtful, unsure, ahead: this.#ahead };
    for (const watcher of this.#watchers) watcher();
  }

  #refresh(case_id: string) {
    void this.#cache.invalidateQueries({ queryKey: keys.case(case_id) });
    void this.#cache.invalidateQueries({ queryKey: keys.cases });
  }

  #take(claimed: ClaimedCase): string {
    const { lease, ...shown } = claimed;
    this.leases.take(shown.id, lease);
    this.#unsure.delete(shown.id);
    this.#cache.setQueryData<Case>(keys.case(shown.id), shown);
    // The desk was left while the claim was under way: nobody is there to work on it.
    if (this.#over) void this.leases.giveBack(shown.id, true);
    this.#changed({});
    return shown.id;
  }

  /** Claims this very case.
   *  @returns whether it is ours now
   *  @throws ApiProblem */
  claim(case_id: string): Promise<boolean> {
    if (this.leases.has(case_id)) return Promise.resolve(true);
    // Opening, editing and Enter may all ask for the same case at once.
    const asked = this.#claiming.get(case_id);
    if (asked) return asked;
    const claiming = this.#claimOne(case_id).finally(() => this.#claiming.delete(case_id));
    this.#claiming.set(case_id, claiming);
    return claiming;
  }

  async #claimOne(case_id: string): Promise<boolean> {
    let cases: ClaimedCase[] = [];
    try {
      ({ cases } = await api.queues.claim('*', { case_id }));
    } finally {
      if (!cases.length) this.#refresh(case_id);
    }
    for (const claimed of cases) this.#take(claimed);
    return cases.length > 0;
  }

  /** The case that was claimed beforehand, if it stands ready. */
  ready(besides: string | null): string | null {
    const ahead = this.#ahead;
    this.#ahead = null;
    return ahead && ahead !== besides && this.leases.has(ahead) ? ahead : null;
  }

  /** The next case, claimed now, or by the claim that is under way.
   *  @returns its id; null when nothing waits for us */
  async next(source: Source, besides: string | null): Promise<string | null> {
    if (this.#fetching) await this.#fetching.catch(() => null);
    return this.ready(besides) ?? this.#claimNext(source, besides);
  }

  /** Claims what comes after the case at hand, so that it stands there at once. */
  prepare(source: Source, besides: string | null): void {
    if (this.#ahead && this.leases.has(this.#ahead)) return;
    if (this.#fetching || this.#over) return;
    this.#fetching = this.#claimNext(source, besides)
      .then((id) => {
        // The case at hand was left while this one was on its way.
        if (id && this.#at_hand === null) void this.leases.giveBack(id);
        else this.#ahead = id;
        this.#changed({});
        if (this.#ahead) this.#readAround(this.#ahead);
        return this.#ahead;
      })
      .catch(() => null)
      .finally(() => {
        this.#fetching = null;
      });
  }

  /** Fetches what stands beside a case, so that it is there with it. */
  #readAround(case_id: string): void {
    const output_id = this.#cache.getQueryData<Case>(keys.case(case_id))?.output_id;
    void this.#cache.prefetchQuery({
      queryKey: keys.notes(case_id),
      queryFn: () => api.cases.notes(case_id),
    });
    if (!output_id) return;
    void this.#cache.prefetchQuery({
      queryKey: keys.caseLife(case_id),
      queryFn: () => api.outputs.life(output_id),
    });
  }

  async #claimNext(source: Source, besides: string | null): Promise<string | null> {
    if (!source.rows) {
      const { cases } = await api.queues.claim(source.queue, { limit: 1 });
      return cases[0] ? this.#take(cases[0]) : null;
    }
    const now = Date.now();
    const free = source
      .rows()
      .filter(
        ({ id, holders }) =>
          id !== besides &&
          !this.#view.gone.has(id) &&
          !holders.some(({ expires_at }) => Date.parse(expires_at) > now),
      );
    for (const { id } of free.slice(0, claim_tries)) {
      if (await this.claim(id).catch(notToBeHad)) return id;
    }
    return null;
  }

  /** Lets go of what is held, but for the case at hand and the one after it. With none at hand none
   *  comes after it: what nobody is coming to would be kept from everyone else. */
  keepOnly(case_id: string | null): void {
    this.#at_hand = case_id;
    if (case_id === null || this.#ahead === case_id) this.#ahead = null;
    for (const id of this.leases.ids()) {
      if (id !== case_id && id !== this.#ahead) void this.leases.giveBack(id);
    }
    this.#changed({});
  }

  /** The server has taken a case from us, to give it to someone else. */
  forget(case_id: string): void {
    if (this.#ahead === case_id) this.#ahead = null;
    this.leases.withdraw(case_id);
    this.#changed({});
  }

  /** Lets go of the case that stands ready, when another list is worked on. */
  dropAhead(): void {
    if (this.#ahead) void this.leases.giveBack(this.#ahead);
    this.#ahead = null;
    this.#changed({});
  }

  /** Sends an answer. What is on screen does not wait for it; `handlers` say what came of it. */
  async decide(asked: Case, body: AnswerBody): Promise<void> {
    const lease = this.leases.withdraw(asked.id);
    this.#unsure.delete(asked.id);
    this.#changed({
      gone: new Set([...this.#view.gone, asked.id]),
      sending: this.#view.sending + 1,
    });
    try {
      const result = await sendAnswer(asked.id, {
        ...body,
        ...(lease ? { epoch: lease.epoch } : {}),
      });
      drafts.clear(asked.id);
      await this.#settle(result.case);
      const undoable = undoableOf(result) ?? this.#view.undoable;
      this.#changed({ sending: this.#view.sending - 1, undoable });
      this.#handlers.decided(asked, result);
    } catch (thrown) {
      const problem =
        thrown instanceof ApiProblem
          ? thrown
          : new ApiProblem({ code: 'internal' }, { cause: thrown });
      if (lease && !spent.has(problem.code)) this.leases.restore(asked.id, lease);
      if (problem.code === 'unreachable') this.#unsure.add(asked.id);
      const answered = problem.code === 'already_answered';
      const gone = answered ? this.#view.gone : this.#goneBut(asked.id);
      this.#refresh(asked.id);
      this.#changed({ sending: this.#view.sending - 1, gone });
      this.#handlers.refused(asked, problem);
    }
  }

  /** A decided case leaves the lists in the page for good, so it need not be hidden any longer; if
   *  someone reopens it, it may come back. One that waits for more people stays hidden from us. */
  async #settle(answered: Case): Promise<void> {
    this.#cache.setQueryData<Case>(keys.case(answered.id), answered);
    if (answered.state === 'waiting') return;
    // A list on its way may still have the case in it.
    const on_their_way = this.#cache.isFetching({ queryKey: keys.cases }) > 0;
    await this.#cache.cancelQueries({ queryKey: keys.cases });
    leaveOpenLists(this.#cache, answered.id);
    const event = { type: 'case.resolved', subject: answered.id } as const;
    const old = on_their_way ? [keys.cases] : touchedBy(event);
    for (const queryKey of old) void this.#cache.invalidateQueries({ queryKey });
    this.#changed({ gone: this.#goneBut(answered.id) });
  }

  #goneBut = (id: string) => new Set([...this.#view.gone].filter((one) => one !== id));

  /** Takes a decision back while its effect has not left. @returns the case as it is without it
   *  @throws ApiProblem too_late, forbidden */
  async undo(case_id: string): Promise<Case> {
    try {
      const reopened = await api.cases.undo(case_id);
      this.#cache.setQueryData<Case>(keys.case(case_id), reopened);
      this.#changed({ gone: this.#goneBut(case_id), undoable: null });
      return reopened;
    } catch (problem) {
      if (isProblem(problem, 'too_late')) this.#changed({ undoable: null });
      throw problem;
    } finally {
      this.#refresh(case_id);
    }
  }
}
