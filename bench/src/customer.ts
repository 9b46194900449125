import type { ChatMessage, ChatTranscript } from '@wheelhouse/core';
import { Connection } from './connection.ts';
import { Listener } from './listener.ts';
import type { Subject } from './subject.ts';

/** What the subject is started with so that many customers can come from one machine: browsers are
 *  admitted so many a minute and address, and each of these says that it is another one. */
export const many_addresses = { WHEELHOUSE_TRUSTED_PROXIES: '127.0.0.1' };

/** Whoever waits longer has left. */
const patience_ms = 30_000;
let admitted = 0;

/** A customer at an open chat: a browser's two connections, one that hears and one that says. */
export class Customer {
  readonly id: string;
  readonly token: string;
  #url: string;
  #connection: Connection;
  #listener: Listener | undefined;
  #heard: (() => void) | undefined;

  private constructor(url: string, id: string, token: string, connection: Connection) {
    this.#url = url;
    this.id = id;
    this.token = token;
    this.#connection = connection;
  }

  static async begin({ url }: Subject): Promise<Customer> {
    admitted += 1;
    const address = `10.${admitted >> 16}.${(admitted >> 8) & 255}.${admitted & 255}`;
    const stranger = await Connection.open(url, '', { 'x-forwarded-for': address });
    const body = { bot: 'default' };
    const { token } = await stranger.must<{ token: string }>(201, 'POST', '/chat/visitors', body);
    stranger.close();
    const connection = await Connection.open(url, token);
    const { id } = await connection.must<{ id: string }>(201, 'POST', '/chat/conversations', body);
    return new Customer(url, id, token, connection);
  }

  async listen(): Promise<void> {
    const path = `/chat/conversations/${this.id}/stream?after=0`;
    this.#listener = await Listener.open(this.#url, path, this.token, (data) => {
      const { messages = [] } = JSON.parse(data) as Partial<ChatTranscript>;
      if (messages.some(({ author_kind }) => author_kind === 'bot')) this.#heard?.();
    });
  }

  /** Says something. @returns its message, as soon as it is taken */
  async say(text: string): Promise<ChatMessage> {
    if (!this.#connection.is_open) this.#connection = await Connection.open(this.#url, this.token);
    return this.#connection.must<ChatMessage>(
      201,
      'POST',
      `/chat/conversations/${this.id}/messages`,
      { body: { kind: 'text', text } },
    );
  }

  /** Says something and hears the bot's answer on the open stream.
   *  @returns how long the message took to be taken, and how long until the answer was there: as long
   *  as anyone waits, when it was not */
  async ask(text: string): Promise<{ taken_ms: number; answered_ms: number }> {
    const from = performance.now();
    const answered = new Promise<number>((resolve) => {
      const late = setTimeout(() => resolve(Number.POSITIVE_INFINITY), patience_ms);
      this.#heard = () => {
        clearTimeout(late);
        resolve(performance.now() - from);
      };
    });
    await this.say(text);
    const taken_ms = performance.now() - from;
    return { taken_ms, answered_ms: await answered };
  }

  leave(): void {
    this.#connection.close();
    this.#listener?.close();
  }
}
