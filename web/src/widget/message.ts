import type { ChatMessage } from '@wheelhouse/core';
import { sourceMarks } from '@wheelhouse/core/markdown';
import { sharedFile } from './attachment.ts';
import type { Drawn } from './drawn.ts';
import { button, make } from './elements.ts';
import { icon } from './icons.ts';
import { link, rendered } from './markdown.ts';
import type { Judged, Outgoing } from './memory.ts';
import { thumbs } from './thumbs.ts';
import { backIn, placeIn } from './wait.ts';
import type { Words } from './words.ts';

/** What a customer can do about a message. */
export interface Acts {
  /** Says the words of a choice that was offered. */
  pick(text: string): void;
  judge(said: Judged['said'], message_id?: string): void;
  retry(): void;
  /** Another conversation of theirs. */
  turnTo(id: string): void;
  /** The bytes of a file that was shared. */
  fetchFile(id: string): Promise<Blob>;
}

export function greetingRow(words: Words, title: string, text: string): Drawn {
  const by = make('div', 'by', icon('bot'), `${title} · ${words.ai}`);
  return { element: make('div', 'row bot', by, make('div', 'bubble', rendered(text))) };
}

/** What is written and not known to have arrived. */
export function outgoingRow(words: Words, { body, failed }: Outgoing, { retry }: Acts): Drawn {
  const text = body.kind === 'text' ? body.text : '';
  const element = make('div', 'row mine waits', make('div', 'bubble', rendered(text)));
  if (failed) element.append(button('again', words.failed, retry));
  else element.append(make('div', 'by', words.sending));
  return { element };
}

export function messageRow(words: Words, message: ChatMessage, acts: Acts): Drawn {
  const { body, author_kind, citations } = message;
  if (body.kind === 'line') return { element: lineRow(words, body, acts) };
  const element = make('div', `row ${author_kind === 'contact' ? 'mine' : author_kind}`);
  if (author_kind !== 'contact') element.append(byLine(words, message));
  element.append(bubbleOf(words, body, acts));
  if (message.cut) element.append(make('div', 'cites', `… ${words.cut}`));
  if (citations.length) {
    element.append(citesOf(words, citations, 'text' in body ? (body.text ?? '') : ''));
  }
  const parts: Drawn[] = [];
  if (body.kind === 'buttons' || body.kind === 'card') {
    parts.push(picksOf(message.seq, body.buttons, acts));
  }
  if (author_kind === 'bot' && message.output_id) {
    parts.push(thumbs(words, message.id, acts.judge));
  }
  element.append(...parts.map((part) => part.element));
  return { element, update: (state) => parts.forEach((part) => void part.update?.(state)) };
}

type Body = ChatMessage['body'];

function lineRow(
  words: Words,
  body: Extract<Body, { kind: 'line' }>,
  { turnTo }: Acts,
): HTMLElement {
  const text = {
    taken: words.taken,
    handed_off: `${words.asked} ${backIn(words, body.back_at ?? null)}`.trim(),
    handed_back: words.handed_back,
    nobody_came: words.nobody_came,
    paused: words.paused,
    still_waiting: placeIn(words, words.still_waiting, {
      ahead: body.ahead ?? null,
      wait_ms: body.wait_ms ?? null,
      back_at: null,
    }),
    silent: words.silent,
    approval: `${words.approval} ${backIn(words, body.back_at ?? null)}`.trim(),
    call_back_offered: words.call_back_offered,
    call_back_asked: words.call_back_asked,
    resolved: words.resolved,
    merged: words.merged,
    merged_in: words.merged_in,
  }[body.line];
  const said = text.replace('{name}', body.name ?? words.person);
  const { conversation_id: other } = body;
  // Of two that were merged each leads to the other.
  return make('div', 'line', other ? button('other', said, () => turnTo(other)) : said);
}

function byLine(words: Words, { author_kind, author_name, approved }: ChatMessage): HTMLElement {
  const kind = author_kind === 'member' ? words.person : approved ? words.approved : words.ai;
  const shape = icon(author_kind === 'member' ? 'member' : 'bot');
  return make('div', 'by', shape, `${author_name ?? ''} · ${kind}`);
}

function bubbleOf(
  words: Words,
  body: Exclude<Body, { kind: 'line' }>,
  { fetchFile }: Acts,
): HTMLElement {
  if ('file_id' in body) {
    return make('div', 'bubble', sharedFile(words, body, fetchFile));
  }
  const bubble = make('div', 'bubble');
  if ('text' in body && body.text) bubble.append(rendered(body.text));
  if (body.kind === 'card') bubble.prepend(make('strong', '', body.title));
  if (body.kind === 'card' && body.image_url) bubble.append(link(words.picture, body.image_url));
  if (body.kind === 'image' || body.kind === 'audio' || body.kind === 'file') {
    const alt = body.kind === 'image' ? body.alt : undefined;
    bubble.append(link(body.name ?? alt ?? body.url, body.url));
  }
  if (body.kind === 'location') {
    const { latitude, longitude, label = `${latitude}, ${longitude}` } = body;
    bubble.append(link(label, `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`));
  }
  return bubble;
}

/** Choices are there until the customer has said something, by one of them or otherwise. */
function picksOf(
  seq: number,
  buttons: { label: string; value?: string | undefined }[],
  { pick }: Acts,
): Drawn {
  const picks = buttons.map(({ label, value }) =>
    button('pick', label, () => pick(value ?? label)),
  );
  const element = make('div', 'picks', ...picks);
  return {
    element,
    update({ chat, messages, outbox }) {
      const later = messages.some((one) => one.seq > seq && one.author_kind === 'contact');
      element.hidden = later || outbox.length > 0 || chat?.state === 'resolved';
    },
  };
}

function citesOf(words: Words, citations: ChatMessage['citations'], text: string): HTMLElement {
  const line = make('div', 'cites', `${words.source}: `);
  const marks = sourceMarks(text, citations.length);
  citations.forEach(({ title, url }, at) => {
    if (at) line.append(', ');
    line.append(marks[at] ?? '', url ? link(title, url) : title);
  });
  return line;
}
