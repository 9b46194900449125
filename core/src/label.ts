/** Labels as they are kept: without space around them, and each once whatever its case; as it was
 *  written first. */
export function labelsOf(given: readonly string[]): string[] {
  const kept = new Map<string, string>();
  for (const one of given) {
    const label = one.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
    const folded = label.toLowerCase();
    if (!kept.has(folded)) kept.set(folded, label);
  }
  return [...kept.values()];
}
