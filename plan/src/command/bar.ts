const width = 30;

/** A progress bar in one line, drawn where somebody watches, at most once a percent. */
export function bar(over: ((text: string) => void) | undefined) {
  let last = '';
  const draw = (what: string, share: number) => {
    const full = Math.round(Math.min(1, share) * width);
    const percent = Math.floor(Math.min(1, share) * 100);
    const text = `${what} [${'#'.repeat(full)}${'.'.repeat(width - full)}] ${percent}%`;
    if (text !== last) over?.(text);
    last = text;
  };
  return Object.assign(draw, { end: () => over?.('') });
}
