import { ApiProblem } from '../../live/problem.ts';

const next_steps: Record<string, string> = {
  last_admin:
    'This is the only admin, and a workspace keeps at least one. Make someone else an admin first.',
  webhook_off: 'This webhook is off, so nothing is sent to it. Turn it on first.',
};

/** A refusal with what to do about it, where the server's own sentence does not say. */
export function withNextStep(thrown: unknown): unknown {
  if (!(thrown instanceof ApiProblem)) return thrown;
  const detail = next_steps[thrown.code];
  if (!detail) return thrown;
  const { status, code, title, errors, facts } = thrown;
  return new ApiProblem({ ...facts, status, code, title, detail, errors }, { cause: thrown });
}

/** Runs an act and says refusals with their next step. */
export const saying = <T>(act: () => Promise<T>): Promise<T> =>
  act().catch((thrown: unknown) => {
    throw withNextStep(thrown);
  });
