import type { ChatTranscript } from '@wheelhouse/core';

/** A customer's open chat, as their browser hears it. */
export async function chatStream(url: string, token: string, id: string, after = 0) {
  const stop = new AbortController();
  const response = await fetch(`${url}/api/v1/chat/conversations/${id}/stream?after=${after}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  const told: ChatTranscript[] = [];
  let whole = '';
  let heard = () => {};
  const reading = (async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
      const piece = decoder.decode(bytes, { stream: true });
      text += piece;
      whole += piece;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        if (data && data !== '{}') told.push(JSON.parse(data));
      }
      heard();
    }
  })().catch(() => {});
  return {
    /** What came, as it came. */
    text: () => whole,
    /** What was told so far. */
    told: () => [...told],
    /** @throws Error when it does not come within two minutes */
    until: (enough: (told: ChatTranscript[]) => boolean) =>
      new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('it was not told')), 120_000);
        heard = () => {
          if (!enough(told)) return;
          clearTimeout(late);
          resolve();
        };
        heard();
      }),
    /** When the server has ended it. */
    ended: reading,
    close: async () => {
      stop.abort();
      await reading;
    },
  };
}
