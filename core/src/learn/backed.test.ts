import { expect, test } from 'vitest';
import { backed } from './backed.ts';
import { certifyFromTallies, type Tally } from './operational.ts';
import { binOf } from './score-grid.ts';
import { score_bins } from './starts.ts';

const [high, low] = [binOf(0.9, score_bins), binOf(0.3, score_bins)];
const given = { bins: score_bins, alpha: 0.05, delta: 0.05, starts: [high] };
const certified = (tallies: Tally[], proven: number[] = []) =>
  backed(certifyFromTallies({ tallies, ...given, proven }), tallies, given.starts);

test('[G99] scores that came only after a proof are proven by what they show, not by what was not there', () => {
  const surest = [{ bin: high, weight: 1, wrong: 1, n: 600 }];
  const first = certified(surest);
  expect(first).toMatchObject({ bin: high, proven: expect.arrayContaining([high]) });
  const wrong = certified([...surest, { bin: low, weight: 1, wrong: 40, n: 40 }], first.proven);
  expect(wrong.bin).toBe(high);
  const right = certified([...surest, { bin: low, weight: 1, wrong: 0, n: 40 }], first.proven);
  expect(right.bin).toBe(low);
});
