import { connect, createServer, type Socket } from 'node:net';

/** A line between a client and a server that can be cut, refused, or made deaf on its way back. */
export async function shakyLine(server_url: string) {
  const target = new URL(server_url);
  const sockets = new Set<Socket>();
  let port = Number(target.port);
  let refusing = false;
  let swallow = 0;
  const line = createServer((near) => {
    if (refusing) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(port, target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    near.pipe(far);
    far.on('data', (chunk) => {
      if (swallow > 0) {
        // The server has answered, and the answer never arrives.
        swallow -= 1;
        near.resetAndDestroy();
      } else near.write(chunk);
    });
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(line.address() as { port: number }).port}`,
    /** Breaks every connection there is. */
    cut() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    refuse(on: boolean) {
      refusing = on;
    },
    /** Loses the next answers, after the server has given them. */
    loseAnswers(count: number) {
      swallow = count;
    },
    /** Leads to another server from now on. */
    lead(url: string) {
      port = Number(new URL(url).port);
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => line.close(resolve));
    },
  };
}
