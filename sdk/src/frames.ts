/** One server-sent event. */
export interface Frame {
  id: string | undefined;
  event: string;
  data: string;
}

/** Reads server-sent events from text that arrives in pieces (WHATWG HTML, 9.2.6): every line end
 *  of the standard is taken, comments are dropped.
 *  @returns a function that takes a piece and gives the frames it completes */
export function frameReader(): (piece: string) => Frame[] {
  let rest = '';
  let lines: string[] = [];
  return (piece) => {
    rest += piece;
    // A carriage return at the very end may be half of a line end, so it waits for what follows.
    const whole = rest.slice(0, rest.length - (rest.endsWith('\r') ? 1 : 0)).split(/\r\n|\r|\n/);
    const used = rest.length - (whole.at(-1) ?? '').length - (rest.endsWith('\r') ? 1 : 0);
    whole.pop();
    rest = rest.slice(used);
    const frames: Frame[] = [];
    for (const line of whole) {
      if (line) lines.push(line);
      else {
        const frame = frameOf(lines);
        if (frame) frames.push(frame);
        lines = [];
      }
    }
    return frames;
  };
}

function frameOf(lines: string[]): Frame | undefined {
  const found: Frame = { id: undefined, event: 'message', data: '' };
  const data: string[] = [];
  for (const line of lines) {
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') found.event = value;
    else if (field === 'id') found.id = value;
  }
  return data.length ? { ...found, data: data.join('\n') } : undefined;
}
