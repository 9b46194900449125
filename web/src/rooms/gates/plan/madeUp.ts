import { type CertifyBy, risks } from '@wheelhouse/core';
import { seededChance } from '@wheelhouse/core/learn';

const groups = [
  { name: 'returning', often: 0.5, hard: 0.1 },
  { name: 'business', often: 0.3, hard: 0.12 },
  { name: 'new customers', often: 0.2, hard: 0.3 },
];

/** A file of made-up outputs, always the same: mostly sure, mostly right, and worse for one group, so
 *  that there is something to see. With risks and costs, which count where a gate has limits by them.
 *  @param by groups that are proven by themselves: what is made up is of these */
export function madeUpFile(by?: CertifyBy): File {
  const chance = seededChance(20);
  const stakes = seededChance(21);
  const share = () => chance() / 2 ** 32;
  const lines = Array.from({ length: 6_000 }, (_none, at) => {
    const place = share();
    const group = groups.find((_each, i) => place < sumTo(i)) ?? groups[0];
    const score = share() ** 0.35;
    const right = share() < score ** (group?.hard ?? 0);
    const risk = risks[stakes() % risks.length];
    const cost = Math.round(1_000 * (stakes() / 2 ** 32) ** 4);
    const name = by ? by.values[groups.indexOf(group as Group)] : group?.name;
    const told = `${right ? 'correct' : 'wrong'},${cell(name ?? '')}${by ? '' : `,${risk},${cost}`}`;
    return `${at + 1},${score.toFixed(4)},${told}`;
  });
  const columns = by ? cell(by.attribute) : 'group,risk,cost_usd';
  const text = `output,confidence,verdict,${columns}\n${lines.join('\n')}\n`;
  return new File([text], 'made-up-outputs.csv', { type: 'text/csv' });
}

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

type Group = (typeof groups)[number];

const sumTo = (last: number) =>
  groups.slice(0, last + 1).reduce((sum, { often }) => sum + often, 0);
