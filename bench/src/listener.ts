import { connect, type Socket } from 'node:net';

/** One open event stream over a socket of its own. The server writes whole events a chunk, so that
 *  they are found by their lines, and the chunks' own lines are passed over. */
export class Listener {
  #socket: Socket;
  #text = '';

  private constructor(socket: Socket, hear: (data: string) => void) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      this.#text += chunk;
      const end = this.#text.lastIndexOf('\n\n');
      if (end < 0) return;
      for (const line of this.#text.slice(0, end).split('\n')) {
        if (line.startsWith('data: ')) hear(line.slice(6));
      }
      this.#text = this.#text.slice(end + 2);
    });
    // Whoever listens notices what does not come.
    socket.on('error', () => {});
  }

  /** @param hear the data of each event, in order
   *  @returns once the connection stands and the request is sent */
  static open(
    url: string,
    path: string,
    key: string,
    hear: (data: string) => void,
  ): Promise<Listener> {
    const { hostname, port, host } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.write(
          `GET /api/v1${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${key}\r\n\r\n`,
        );
        resolve(new Listener(socket, hear));
      });
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}
