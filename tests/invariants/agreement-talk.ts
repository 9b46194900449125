import type { TestServer } from '../../server/src/testing/start.ts';
import { counted, type Promising, type Submitted } from './promise-talk.ts';

/** People agree with refunds of a small sum, and with no others; the AI's confidence knows nothing of it. */
export const refund = (at: number) => {
  const small = at % 3 !== 0;
  return {
    small,
    more: {
      content: undefined,
      action: { name: 'refund', arguments: { amount: small ? 10 + (at % 7) : 500 + (at % 90) } },
    },
  };
};

/** Refunds that are asked for and decided on, and counted. */
export async function decided(
  server: TestServer,
  gate: Promising,
  count: number,
  confidence?: number,
) {
  const all: (Submitted & { small: boolean })[] = [];
  for (let from = 0; from < count; from += 20) {
    const some = await Promise.all(
      Array.from({ length: Math.min(20, count - from) }, async (_none, i) => {
        const { small, more } = refund(from + i);
        return { small, ...(await gate.submit(confidence as number, more)) };
      }),
    );
    await Promise.all(some.map((one) => one.case_id && gate.decide(one, one.small)));
    all.push(...some);
  }
  await counted(server);
  return all;
}
