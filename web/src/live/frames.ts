/** One server-sent event. */
export interface Frame {
  id: string | null;
  event: string;
  data: string;
}

/** Reads server-sent events from text that arrives in pieces (WHATWG HTML, 9.2.6). Comments are
 *  dropped; every line end of the standard is taken.
 *  @returns a function that takes a piece and gives the frames it completed */
export function frameReader(): (piece: string) => Frame[] {
  let rest = '';
  let frame: Frame = { id: null, event: 'message', data: '' };
  let some = false;
  return (piece) => {
    const done: Frame[] = [];
    rest += piece;
    // A carriage return at the very end may be half of a CRLF, so it waits for the next piece.
    const safe = rest.endsWith('\r') ? rest.length - 1 : rest.length;
    const lines = rest.slice(0, safe).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + rest.slice(safe);
    for (const line of lines) {
      if (line === '') {
        if (some) done.push({ ...frame, data: frame.data.replace(/\n$/, '') });
        frame = { id: null, event: 'message', data: '' };
        some = false;
        continue;
      }
      const colon = line.indexOf(':');
      if (colon === 0) continue;
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'id') frame.id = value;
      else if (field === 'event') frame.event = value;
      else if (field === 'data') frame.data += `${value}\n`;
      else continue;
      some = true;
    }
    return done;
  };
}
