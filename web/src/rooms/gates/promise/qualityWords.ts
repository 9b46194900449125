import type { PromiseQuality } from '@wheelhouse/core';

const whole = (count: number) => Math.round(count).toLocaleString('en-US');
type Side = PromiseQuality['all'];

/** As many figures as tell what is wrong: 99.87%, and 95%. */
export function rightText(right: number): string {
  const wrong = Number(((1 - right) * 100).toPrecision(2));
  const decimals = String(wrong).split('.')[1]?.length ?? 0;
  return (100 - wrong).toFixed(Math.min(decimals, 3));
}

/** A share that was right, never without its bounds. */
export const rightWords = (told: Side['told']): string =>
  told
    ? `${rightText(told.right)}%, ${rightText(told.low)}–${rightText(told.high)}%`
    : 'too little was judged';

/** What the scores add to what people judged. */
export function worthWords({ told, worth }: Side): string {
  if (!told) return '';
  return worth < 1.05 ? 'nothing yet' : `${Number(worth.toPrecision(2))} × the judgements`;
}

/** What these figures rest on, one sentence each. */
export function groundWords({ passed, undecided }: PromiseQuality): string[] {
  const spot_checks = `${whole(passed.labelled)} spot ${passed.labelled === 1 ? 'check' : 'checks'}`;
  return [
    ...(passed.n
      ? [
          `Of ${whole(passed.n)} that passed ${spot_checks} were judged, ${whole(passed.wrong)} against the AI.`,
        ]
      : []),
    ...(undecided
      ? [
          `${whole(undecided)} of what was held ${undecided === 1 ? 'is' : 'are'} not decided yet, and taken to be like the rest.`,
        ]
      : []),
    'Whatever ended without a judgement counts as wrong.',
  ];
}
