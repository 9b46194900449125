import type { Stepped } from '../../server/src/testing/steps.ts';

/** How long a step waits for whoever acts at it: they may have to wait for a row that it holds. */
const patience_ms = 60;

export interface Walk<Begun, Found> {
  begin(): Promise<Begun>;
  /** What is done before the steps are counted. */
  before(begun: Begun): Promise<unknown>;
  path(begun: Begun): Promise<unknown>;
  act(begun: Begun): Promise<Found>;
  /** Carries out what is left, with no steps met. */
  rest(): Promise<unknown>;
  check(begun: Begun, found: Found, step: number): Promise<void>;
}

/** Runs a path once for each of its steps, with the act at that step and the rest after it, and then
 *  checks what came of it. A step that holds the rows that the act wants goes on before the act is done.
 *  @returns how many steps the path had */
export async function atEveryStep<Begun, Found>(
  { steps }: Pick<Stepped, 'steps'>,
  { begin, before, path, act, rest, check }: Walk<Begun, Found>,
): Promise<number> {
  for (let at = 0; ; at++) {
    const begun = await begin();
    await before(begun);
    let acted: Promise<Found> | undefined;
    steps.onStep(async (step) => {
      if (step !== at || acted) return;
      acted = act(begun);
      acted.catch(() => {});
      await Promise.race([acted, new Promise((done) => setTimeout(done, patience_ms))]);
    });
    await path(begun);
    steps.onStep(undefined);
    if (!acted) return at;
    const found = await acted;
    await rest();
    await check(begun, found, at);
  }
}
