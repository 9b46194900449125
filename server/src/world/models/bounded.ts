/** Ends work early. */
interface Bounds {
  /** The time begins anew. */
  anew(): void;
  end(why: Error): void;
}

interface Bound {
  signal: AbortSignal;
  after_ms: number;
  /** What is said of it when the time is over, before how long that was. */
  late: string;
  /** The kind of error that this is. */
  of?: new (
    why: string,
  ) => Error;
}

/** Runs work that ends when it is done, when the signal does, or when so long has passed, whether or not
 *  what it waits for minds being given up. Written out, since AbortSignal.any holds its sources weakly:
 *  a timeout that nobody else holds never fires once memory was tidied (seen on Node 20).
 *  @throws the reason of the signal, Error that says why it ended, or what the work throws */
export async function bounded<Result>(
  { signal, after_ms, late, of = Error }: Bound,
  work: (signal: AbortSignal, bounds: Bounds) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const end = (why: Error) => controller.abort(why);
  const stop = () => controller.abort(signal.reason);
  let timer: NodeJS.Timeout | undefined;
  let over: NodeJS.Immediate | undefined;
  const leaveOff = () => {
    clearTimeout(timer);
    clearImmediate(over);
  };
  const anew = () => {
    leaveOff();
    timer = setTimeout(() => {
      // What came in time, while this process stood still, lies unread: it is heard first.
      over = setImmediate(() => end(new of(`${late} ${after_ms} ms`)));
    }, after_ms);
  };
  anew();
  const ended = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
  });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([ended, work(controller.signal, { anew, end })]);
  } finally {
    leaveOff();
    signal.removeEventListener('abort', stop);
  }
}
