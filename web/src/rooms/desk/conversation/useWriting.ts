import { useQuery } from '@tanstack/react-query';
import { type Conversation, SuggestedReply, type Values } from '@wheelhouse/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useKeys } from '../../../kit/useKeys.ts';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import { drafts } from '../drafts.ts';
import { mentionAt, mentionsIn } from '../mention.ts';
import type { Said, Suggested } from './outbox.ts';
import {
  cannedFor,
  type Look,
  lookAt,
  mentionsFor,
  passagesFor,
  type Suggestion,
  wholeLook,
} from './suggestion.ts';
import { useSearch } from './useKnowledge.ts';

export interface WritingProps {
  conversation: Conversation;
  me: { id: string; name: string };
  /** Another has the wheel: notes alone are written here. */
  barred: boolean;
  onTyping: (typing: boolean) => void;
  onSay: (said: Said) => void;
}

/** What is being written, and what may be put into it. */
export function useWriting({ conversation, me, barred, onTyping, onSay }: WritingProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const { note, setNote, text, began_as, keep } = useTexts(conversation.id);
  const [caret, setCaret] = useState(text.length);
  const [at, setAt] = useState(0);
  const members = useQuery({ queryKey: keys.members, queryFn: api.members.list });
  const people = members.data?.rows ?? [];
  const offered = useOffered({ conversation, me, people, note, text, caret });
  const { looking, suggestions, found_none, putAway } = offered;
  const chosen = Math.min(at, Math.max(0, suggestions.length - 1));

  const write = (next: string, suggested = began_as, to = field.current?.selectionStart) => {
    keep(next, suggested);
    setCaret(to ?? next.length);
    setAt(0);
    offered.goOn(next);
    if (!note) onTyping(next.trim() !== '');
  };
  const pick = (one: Suggestion) => {
    const next = one.apply();
    flushSync(() => {
      write(next.text, began_as, next.caret);
      putAway(next.text.slice(0, next.caret));
    });
    // At once: a frame later the next letter has been typed, and the caret would jump before it.
    field.current?.setSelectionRange(next.caret, next.caret);
  };
  const say = () => {
    if (!text.trim() || looking) return;
    const mentions = note ? mentionsIn(text, people) : [];
    onSay({
      ...{ text: text.trim(), note, mentions },
      ...(began_as && !note ? { suggested: began_as } : {}),
    });
    write('');
    onTyping(false);
    // What is written next is for the customer, unless it cannot be.
    if (note && !barred) setNote(false);
    field.current?.focus();
  };
  /** In place of what stands there, which is nothing yet. */
  const put = (words: string, suggested = began_as) => {
    write(words, suggested, words.length);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(words.length, words.length);
    });
  };
  const use = (suggested: Suggested) => put(suggested.text, suggested);
  const press = (event: KeyboardEvent) =>
    pressed(event, {
      suggestions,
      looking,
      chosen,
      setAt,
      pick,
      say,
      putAway: () => putAway(text.slice(0, offered.look?.end ?? caret)),
    });
  useStill(text, () => onTyping(false));
  const to = (kind: boolean) => () => {
    setNote(kind);
    requestAnimationFrame(() => field.current?.focus());
  };
  useKeys([
    { key: 'r', label: 'Write a reply', group: 'Conversation', run: to(false) },
    { key: 'n', label: 'Write a note', group: 'Conversation', run: to(true) },
  ]);
  return {
    ...{ field, note, setNote, text, write, put, use, setCaret, toReply: to(false) },
    ...{ suggestions, looking, found_none, chosen, pick, press, say },
  };
}

interface Caret {
  conversation: Conversation;
  me: { name: string };
  people: readonly { id: string; name: string }[];
  note: boolean;
  text: string;
  caret: number;
}

/** What may be put in where the caret stands, and what is looked for there. */
function useOffered({ conversation, me, people, note, text, caret }: Caret) {
  const { id, contact } = conversation;
  const [put_away, putAway] = useState('');
  const replies = useQuery({ queryKey: keys.canned_replies, queryFn: api.canned_replies.list });
  const canned = replies.data?.rows ?? [];
  // What was put away stays away while the text goes on from it; what begins after it does not.
  const isAway = (start: number) => start < put_away.length && text.startsWith(put_away);
  const begun = note ? null : (lookAt(text, caret) ?? wholeLook(text));
  const look = begun && !isAway(begun.start) ? begun : null;
  const looking = look?.kind ?? null;
  const search = useSearch(id, look?.kind === 'knowledge' ? look.words : null);
  const named = note ? mentionAt(text, caret) : null;
  const suggestions = look
    ? look.kind === 'knowledge'
      ? passagesFor(text, look, search.passages)
      : cannedFor(text, look, canned, contact, me)
    : named && !isAway(named.start)
      ? mentionsFor(text, caret, people)
      : [];
  const found_none =
    looking && !suggestions.length
      ? noneFound(looking, { ...search, canned: replies.isPending ? null : canned.length })
      : null;
  const goOn = (next: string) => {
    if (!next.startsWith(put_away)) putAway('');
  };
  return { look, looking, suggestions, found_none, putAway, goOn };
}

/** What stands in the reply and in the note, also after a reload. */
function useTexts(id: string) {
  const kept = drafts.get(id);
  const [note, setNote] = useState(Boolean(kept?.note && !kept.values.reply));
  const [texts, setTexts] = useState({
    reply: String(kept?.values.reply ?? ''),
    note: kept?.note ?? '',
  });
  const [began_as, setBeganAs] = useState(beganAs(kept?.values));
  const keep = (next: string, suggested: Suggested | null) => {
    const now = note ? { ...texts, note: next } : { ...texts, reply: next };
    // A reply goes on from what was suggested until all of it is taken out.
    const from = note || (next.trim() && !wholeLook(next)) ? suggested : null;
    setTexts(now);
    setBeganAs(from);
    const values = { reply: now.reply, ...(from ? { suggested: { ...from } } : {}) };
    drafts.set(id, { values: now.reply ? values : {}, note: now.note }, Date.now());
  };
  return { note, setNote, text: note ? texts.note : texts.reply, began_as, keep };
}

/** The suggested reply that a draft of this browser began as. */
const beganAs = (values: Values | undefined): Suggested | null =>
  SuggestedReply.safeParse(values?.suggested).data ?? null;

/** What is said where something is looked for and nothing stands there to pick. */
function noneFound(
  looking: Look['kind'],
  { begun, under_way, canned }: { begun: boolean; under_way: boolean; canned: number | null },
): string {
  if (looking === 'canned') {
    if (canned === null) return 'Looking.';
    return canned
      ? 'No canned reply has this in its name.'
      : 'There are no canned replies yet; a lead keeps them in Settings.';
  }
  if (!begun) return 'Write what to look for in what the AI knows.';
  return under_way ? 'Looking.' : 'Nothing that the AI knows has these words.';
}

interface Pressing {
  suggestions: readonly Suggestion[];
  /** What is looked for: until it is picked or put away, Enter sends nothing. */
  looking: Look['kind'] | null;
  chosen: number;
  setAt: (at: number) => void;
  pick: (one: Suggestion) => void;
  say: () => void;
  putAway: () => void;
}

/** Keys while writing: through what is suggested first, else Enter sends. */
function pressed(event: KeyboardEvent, how: Pressing): void {
  const { suggestions, chosen, looking } = how;
  const { key, shiftKey } = event;
  const one = suggestions[chosen];
  if (event.nativeEvent.isComposing) return;
  const acts: Record<string, (() => void) | undefined> = one
    ? {
        ArrowDown: () => how.setAt((chosen + 1) % suggestions.length),
        ArrowUp: () => how.setAt((chosen + suggestions.length - 1) % suggestions.length),
        Enter: () => how.pick(one),
        Tab: () => how.pick(one),
        Escape: how.putAway,
      }
    : looking
      ? { Enter: () => {}, Escape: how.putAway }
      : { Enter: shiftKey ? undefined : how.say };
  const act = acts[key];
  if (!act) return;
  event.preventDefault();
  act();
}

const still_ms = 5_000;
/** Whoever has not pressed a key for some seconds types no more. */
function useStill(text: string, then: () => void): void {
  const latest = useRef(then);
  useEffect(() => {
    latest.current = then;
  });
  useEffect(() => {
    if (!text) return;
    const timer = setTimeout(() => latest.current(), still_ms);
    return () => clearTimeout(timer);
  }, [text]);
}
