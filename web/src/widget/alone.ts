/** Nobody waits longer for another tab: it may be asleep, and what is done twice is counted once by the
 *  server. */
const longest_ms = 10_000;
const look_again_ms = 40;

/** Does something while no other tab of this browser does what has the same name. */
export async function alone<Made>(name: string, act: () => Promise<Made>): Promise<Made> {
  // Pages without https have no such locks.
  if (!navigator.locks) return leased(name, act);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), longest_ms);
  let begun = false;
  try {
    return await navigator.locks.request(name, { signal: patience.signal }, () => {
      begun = true;
      return act();
    });
  } catch (thrown) {
    if (begun) throw thrown;
    return act();
  } finally {
    clearTimeout(timer);
  }
}

/** The same by a word in what the browser keeps, which lapses by itself: a tab that has it may be shut
 *  at any moment. */
async function leased<Made>(name: string, act: () => Promise<Made>): Promise<Made> {
  const me = String(Math.random());
  const end = Date.now() + longest_ms;
  let mine = false;
  try {
    while (!mine && Date.now() < end) {
      const [, until = '0'] = localStorage.getItem(name)?.split(' ') ?? [];
      if (Number(until) < Date.now()) {
        localStorage.setItem(name, `${me} ${Date.now() + longest_ms}`);
        // Where nothing is kept, nothing is shared either.
        if (localStorage.getItem(name) === null) break;
      }
      // Of two that took it in the same moment, the later word stands.
      await new Promise((done) => setTimeout(done, look_again_ms));
      mine = localStorage.getItem(name)?.startsWith(me) ?? false;
    }
  } catch {
    // Nor where nothing may be kept.
  }
  try {
    return await act();
  } finally {
    if (mine) localStorage.removeItem(name);
  }
}
