import { connect, type Socket } from 'node:net';

export interface Answer {
  status: number;
  text: string;
}

/** One keep-alive HTTP/1.1 connection that does one request at a time. Node's own client costs the
 *  driver as much CPU as the server spends on the request; on two cores that would be measured too. */
export class Connection {
  #socket: Socket;
  #head: string;
  #buffer: Buffer = Buffer.alloc(0);
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;

  private constructor(socket: Socket, head: string) {
    this.#socket = socket;
    this.#head = head;
    socket.on('data', (chunk) => this.#take(chunk));
    const fail = (error?: Error) =>
      this.#waiting?.reject(error ?? new Error('the connection closed'));
    socket.on('error', fail);
    socket.on('close', () => fail());
  }

  /** @param more headers of each request, besides the key; without one nobody is named */
  static open(url: string, key = '', more: Record<string, string> = {}): Promise<Connection> {
    const { hostname, port, host } = new URL(url);
    const by = key ? { ...more, authorization: `Bearer ${key}` } : more;
    const head = Object.entries({ host, ...by }).map(([name, value]) => `${name}: ${value}\r\n`);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new Connection(socket, head.join(''))));
    });
  }

  request(
    method: string,
    path: string,
    body?: unknown,
    type = 'application/json',
  ): Promise<Answer> {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const typed = text ? `content-type: ${type}\r\n` : '';
    const length = `content-length: ${Buffer.byteLength(text)}\r\n`;
    return new Promise((resolve, reject) => {
      if (!this.#socket.writable) return reject(new Error('the connection is closed'));
      this.#waiting = { resolve, reject };
      this.#socket.write(
        `${method} /api/v1${path} HTTP/1.1\r\n${this.#head}${typed}${length}\r\n${text}`,
      );
    });
  }

  /** As `request`, but anything other than the expected status is an error. */
  async must<Body>(status: number, method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.request(method, path, body);
    if (answer.status !== status) {
      throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 500)}`);
    }
    return (answer.text ? JSON.parse(answer.text) : null) as Body;
  }

  /** The server ends a connection that was idle for long. */
  get is_open(): boolean {
    return this.#socket.writable;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#buffer = this.#buffer.length ? Buffer.concat([this.#buffer, chunk]) : chunk;
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#buffer.toString('latin1', 0, end);
    const status = Number(head.slice(9, 12));
    const length = /\r\ncontent-length: (\d+)/i.exec(head);
    let body: Buffer;
    if (length) {
      const total = end + 4 + Number(length[1]);
      if (this.#buffer.length < total) return;
      body = this.#buffer.subarray(end + 4, total);
      this.#buffer = this.#buffer.subarray(total);
    } else if (/transfer-encoding: chunked/i.test(head)) {
      if (!this.#buffer.subarray(-5).equals(Buffer.from('0\r\n\r\n'))) return;
      body = unchunked(this.#buffer.subarray(end + 4));
      this.#buffer = Buffer.alloc(0);
    } else {
      body = Buffer.alloc(0);
      this.#buffer = this.#buffer.subarray(end + 4);
    }
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve({ status, text: body.toString('utf8') });
  }
}

function unchunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16);
    if (!size) return Buffer.concat(parts);
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
