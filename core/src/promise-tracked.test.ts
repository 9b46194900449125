import { expect, test } from 'vitest';
import { certifyFromTallies, type Tally } from './learn/index.ts';
import { judgePromised, type Standing } from './promise.ts';

const tracked: Standing = {
  ...{ epoch_id: 'epoch_1', tier: 'all', threshold: null, certificate_id: null, tracked: 0.8 },
  ...{
    spot_check: 0.2,
    wrong: 0,
    unlikely: false,
    labelled: 10,
    needed: 90,
    designing: true,
    alarmed: true,
    unwatched: false,
  },
};

const judgeAt = (confidence: number, chance: number, standing: Standing) =>
  judgePromised({ score: 'confidence' }, { content: 'x', confidence }, chance, standing);

test('[G50] what passes by a tracked threshold says so, and how likely it was to be seen', () => {
  const passed = judgeAt(0.9, 0.5, tracked);
  expect(passed).toMatchObject({
    ...{ verdict: 'pass', spot_checked: false, spot_check_probability: 0.2 },
    reasons: ['confidence 0.90 is at or over 0.80, which is tracked, not certified'],
    promise: { threshold: 0.8, certificate_id: null, inclusion_probability: 0.2, weight: 1 },
  });
  const held = judgeAt(0.79, 0.5, tracked);
  expect(held).toMatchObject({
    reasons: ['confidence 0.79 is under 0.80, which is tracked, not certified'],
    promise: { threshold: 0.8, certificate_id: null, inclusion_probability: 1, weight: 0.2 },
  });
  // A certificate goes before what is tracked.
  const both = { ...tracked, designing: false, threshold: 0.7, certificate_id: 'cert_1' };
  expect(judgeAt(0.75, 0.5, both)).toMatchObject({
    ...{ verdict: 'pass', promise: { threshold: 0.7, certificate_id: 'cert_1' } },
  });
});

test('[G50] labels that tell where to begin are as large a share of what passes as of what is held', () => {
  const chances = Array.from({ length: 10_000 }, (_none, at) => at / 10_000);
  const designShare = (score: number) => {
    const seen = chances
      .map((chance) => judgeAt(score, chance, tracked))
      .filter(({ verdict, spot_checked }) => verdict === 'hold' || spot_checked);
    return seen.filter(({ promise }) => promise?.phase === 'design').length / seen.length;
  };
  expect(designShare(0.5)).toBeCloseTo(0.2, 3);
  expect(designShare(0.9)).toBeCloseTo(0.2, 2);
});

test('[G50] whatever threshold is tracked and however the share of checks is raised, a false promise is certified as seldom as delta says', () => {
  // Wrong exactly as often as alpha at every score, so that any certificate is false.
  const [alpha, delta, plays] = [0.3, 0.2, 400];
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  let broken = 0;
  for (let play = 0; play < plays; play++) {
    const tallies = new Map<string, Tally>();
    let cut = 0.5;
    let spot_check = 0.1;
    for (let at = 0; at < 400; at++) {
      const score = random();
      const standing = { ...tracked, tracked: cut, spot_check, designing: false };
      const { promise, verdict, spot_checked } = judgeAt(score, random(), standing);
      if (!promise || (verdict === 'pass' && !spot_checked)) continue;
      const wrong = Number(random() < alpha);
      // Any rule that goes by what is known moves threshold and share between verdicts.
      cut = Math.min(0.95, Math.max(0, cut + (wrong ? 0.1 : -0.05)));
      spot_check = at === 200 ? 0.4 : spot_check;
      const bin = Math.floor(score * 4);
      const { weight } = promise;
      const tally = tallies.get(`${bin} ${weight}`) ?? { bin, weight, wrong: 0, n: 0 };
      tallies.set(`${bin} ${weight}`, { ...tally, wrong: tally.wrong + wrong, n: tally.n + 1 });
    }
    const look = { tallies: [...tallies.values()], bins: 4, alpha, delta, starts: [3, 2, 1] };
    broken += Number(certifyFromTallies(look).threshold !== null);
  }
  expect(broken / plays).toBeLessThanOrEqual(delta);
});
