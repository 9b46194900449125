import { expect, test } from 'vitest';
import { errorsBorne } from './margin.ts';
import { certifyFromTallies } from './operational.ts';

const given = { bins: 10, alpha: 0.05, delta: 0.05, starts: [5] };
const clean = (n: number) => [{ bin: 7, weight: 1, wrong: 0, n }];

test('[G98] a certificate bears so many more errors, and not one above', () => {
  for (const n of [200, 500, 5_000]) {
    const tallies = clean(n);
    const { bin } = certifyFromTallies({ tallies, ...given });
    const borne = errorsBorne(tallies, { ...given, bin: bin as number });
    const after = (wrong: number) =>
      certifyFromTallies({
        tallies: [...tallies, { bin: bin as number, weight: 1, wrong, n: wrong }],
        ...given,
      }).bin;
    expect(borne).toBeGreaterThan(n === 200 ? 0 : 10);
    expect(after(borne)).toBe(bin);
    expect(after(borne + 1)).not.toBe(bin);
  }
});

test('[G98] what labels prove no more bears none', () => {
  expect(errorsBorne(clean(20), { ...given, bin: 5 })).toBe(0);
});
