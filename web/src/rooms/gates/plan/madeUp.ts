import { seededChance } from '@wheelhouse/core/learn';

const groups = [
  { name: 'returning', often: 0.5, hard: 0.1 },
  { name: 'business', often: 0.3, hard: 0.12 },
  { name: 'new customers', often: 0.2, hard: 0.3 },
];

/** A file of made-up outputs, always the same: mostly sure, mostly right, and worse for one group, so
 *  that there is something to see. */
export function madeUpFile(): File {
  const chance = seededChance(20);
  const share = () => chance() / 2 ** 32;
  const lines = Array.from({ length: 6_000 }, (_none, at) => {
    const place = share();
    const group = groups.find((_each, i) => place < sumTo(i)) ?? groups[0];
    const score = share() ** 0.35;
    const right = share() < score ** (group?.hard ?? 0);
    return `${at + 1},${score.toFixed(4)},${right ? 'correct' : 'wrong'},${group?.name}`;
  });
  const text = `output,confidence,verdict,group\n${lines.join('\n')}\n`;
  return new File([text], 'made-up-outputs.csv', { type: 'text/csv' });
}

const sumTo = (last: number) =>
  groups.slice(0, last + 1).reduce((sum, { often }) => sum + often, 0);
