import { canonical } from '@wheelhouse/core';

/** A copy with one thing of it changed: a letter, a digit, a value, a name, or a part left out. */
export function mutated(claim: object, chance: () => number): unknown {
  const pick = (count: number) => Math.floor(chance() * count);
  const copy = structuredClone(claim) as Record<string, unknown>;
  const places: [Record<string, unknown>, string][] = [];
  const walk = (node: Record<string, unknown>) => {
    for (const key of Object.keys(node)) {
      if (key === 'outcome') continue;
      places.push([node, key]);
      if (node[key] && typeof node[key] === 'object') walk(node[key] as Record<string, unknown>);
    }
  };
  walk(copy);
  const [node, key] = places[pick(places.length)] as [Record<string, unknown>, string];
  const value = node[key];
  const ways = [
    () => delete node[key],
    () => {
      node[`${key}\u200b`] = value;
      delete node[key];
    },
    () => {
      node[key] = typeof value === 'number' ? value + (chance() < 0.5 ? 1 : 1e-9) : [value];
    },
    () => {
      const text = typeof value === 'string' ? value : 'x';
      const at = pick(text.length);
      const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << pick(7)));
      node[key] = text.slice(0, at) + flipped + text.slice(at + 1);
    },
    () => {
      node[`extra_${pick(9)}`] = chance();
    },
  ];
  ways[pick(ways.length)]?.();
  return copy;
}

/** Whether everything that `part` says is said in `whole`, in the same words. */
export function isSubset(part: unknown, whole: unknown): boolean {
  if (part === null || typeof part !== 'object') return part === whole;
  if (whole === null || typeof whole !== 'object') return false;
  // What is bound is bound as a whole: more of it is something else.
  return Object.entries(part).every(([key, value]) =>
    key === 'action'
      ? canonical(value) === canonical((whole as { action: never })[key] ?? null)
      : isSubset(value, (whole as Record<string, unknown>)[key]),
  );
}
