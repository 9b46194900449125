/** As they were typed or pasted: a space beside a comma is no part of a name, and nothing is no group. */
export const groupsIn = (typed: readonly string[]): string[] => [
  ...new Set(typed.map((name) => name.trim()).filter((name) => name !== '')),
];
