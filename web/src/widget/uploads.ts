import type { ChatMessage } from '@wheelhouse/core';
import { newMessageId } from './memory.ts';
import type { Server } from './server.ts';
import type { ChatState } from './state.ts';

/** A file on its way. It keeps the id of its message, so that trying again says it once. */
export interface Upload {
  id: string;
  file: File;
  conversation_id: string | undefined;
  /** 0..1 */
  share: number;
  /** Why it is not going on; undefined while it is. */
  fault?: 'lost' | 'too_large' | 'wrong_type' | 'gone';
}

interface Way {
  state(): ChatState;
  here(): string | undefined;
  change(change: Partial<ChatState>): void;
  conversation(): Promise<string>;
  server: Server;
  /** What the visitor was let in by counts no more. */
  lapse(): void;
  take(message: ChatMessage): void;
}

/** Files on their way to the server, one after another, with how far each has come. */
export class Uploads {
  #way: Way;
  #under_way: { id: string; request: XMLHttpRequest } | undefined;
  #busy = false;

  constructor(way: Way) {
    this.#way = way;
    addEventListener('online', () => this.retry());
  }

  /** The bytes of a file that was shared in the conversation that is shown. */
  fetchFile = (id: string): Promise<Blob> =>
    this.#way.server.blob(`/conversations/${this.#way.here()}/files/${id}`);

  add(file: File): void {
    const limits = this.#way.state().files;
    const too_large = limits !== undefined && file.size > limits.bytes;
    const one: Upload = {
      id: newMessageId(),
      file,
      conversation_id: this.#way.here(),
      share: 0,
      ...(too_large ? { fault: 'too_large' as const } : {}),
    };
    this.#set([...this.#way.state().uploads, one]);
    void this.#go();
  }

  /** Those that a lost connection stopped go on; what was refused stays so. */
  retry(): void {
    const again = this.#way.state().uploads.map((one) => {
      const { fault, ...rest } = one;
      return fault === 'lost' ? { ...rest, share: 0 } : one;
    });
    this.#set(again);
    void this.#go();
  }

  /** Takes one back, also in the middle of its way. */
  cancel(id: string): void {
    this.#set(this.#way.state().uploads.filter((one) => one.id !== id));
    if (this.#under_way?.id === id) this.#under_way.request.abort();
  }

  #set(uploads: Upload[]): void {
    this.#way.change({ uploads });
  }
  #note(id: string, change: Partial<Upload>): void {
    this.#set(
      this.#way.state().uploads.map((one) => (one.id === id ? { ...one, ...change } : one)),
    );
  }

  async #go(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const { person } = this.#way.state();
    const next = () => this.#way.state().uploads.find(({ fault }) => !fault);
    for (let one = next(); one && person === this.#way.state().person; one = next()) {
      const { id } = one;
      const fault = await this.#send(one).catch(() => 'lost' as const);
      if (fault) this.#note(id, { fault });
      else this.#set(this.#way.state().uploads.filter((other) => other.id !== id));
    }
    this.#busy = false;
  }

  async #send({ id, file, conversation_id }: Upload): Promise<Upload['fault']> {
    const conversation = conversation_id ?? (await this.#way.conversation());
    const form = new FormData();
    form.append('id', id);
    form.append('file', file, file.name);
    const request = new XMLHttpRequest();
    this.#under_way = { id, request };
    const status = await new Promise<number>((done) => {
      request.upload.onprogress = ({ loaded, total }) => this.#note(id, { share: loaded / total });
      request.onloadend = () => done(request.status);
      request.open('POST', this.#way.server.addressOf(`/conversations/${conversation}/files`));
      const headers = Object.entries(this.#way.server.headers);
      for (const [name, value] of headers) request.setRequestHeader(name, value);
      request.send(form);
    });
    this.#under_way = undefined;
    if (status === 201) {
      if (conversation === this.#way.here()) {
        this.#way.take(JSON.parse(request.responseText) as ChatMessage);
      }
      return undefined;
    }
    if (status === 401) this.#way.lapse();
    if (status === 413) return 'too_large';
    if ([0, 401, 429].includes(status) || status >= 500) return 'lost';
    return status === 422 ? 'wrong_type' : 'gone';
  }
}
