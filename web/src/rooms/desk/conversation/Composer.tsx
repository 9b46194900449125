import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Conversation } from '@wheelhouse/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { languageText } from '../../../kit/languageText.ts';
import { useKeys } from '../../../kit/useKeys.ts';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import { drafts } from '../drafts.ts';
import { mentionsIn } from '../mention.ts';
import css from './Composer.module.css';
import { ShareFiles } from './ShareFiles.tsx';
import { SuggestedReply } from './SuggestedReply.tsx';
import { cannedFor, looksFor, mentionsFor, passagesFor, type Suggestion } from './suggestion.ts';
import { Translated } from './Translated.tsx';
import { useSearch, useSuggestedReply } from './useKnowledge.ts';
import type { Wheel } from './useWheel.tsx';

interface ComposerProps {
  conversation: Conversation;
  me: { id: string; name: string };
  leads: boolean;
  wheel: Wheel;
  /** The customer's message that nobody has answered yet. */
  asked_seq: number | null;
  /** Whether what is written may be translated to the customer's language. */
  translates: boolean;
  onTyping: (typing: boolean) => void;
  onSay: (said: { text: string; note: boolean; mentions: string[] }) => void;
}

/** Where a reply or a note is written. Enter sends it; what is not sent is there after a reload. */
export function Composer(props: ComposerProps) {
  const { conversation, wheel, leads, asked_seq } = props;
  const writing = useWriting(props);
  const suggested = useSuggestedReply(conversation, asked_seq);
  const { note, setNote, text, field, suggestions, chosen, found_none } = writing;
  const barred = wheel.others && !note;
  const offers = conversation.owner.kind !== 'bot' && !barred && !note && !text.trim();
  return (
    <section className={css.composer} data-note={note || undefined} aria-label="Write">
      {suggestions.length > 0 && <Suggestions {...writing} />}
      {found_none && (
        <p className={`${css.suggest} ${css.none}`} role="status">
          {found_none} Esc leaves it as it stands.
        </p>
      )}
      {barred && (
        <div className={css.row} role="status">
          <span>
            <bdi>{conversation.owner.name}</bdi> has the wheel and answers here.
            {!leads && ' You can leave a note.'}
          </span>
          {wheel.take && (
            <Button size="compact-sm" variant="default" onClick={wheel.take}>
              Take it over
            </Button>
          )}
        </div>
      )}
      {offers && <SuggestedReply suggested={suggested} onUse={writing.put} />}
      <Textarea
        ref={field}
        value={text}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={8_000}
        disabled={barred}
        aria-label={note ? 'Write a note' : 'Write a reply'}
        placeholder={note ? 'A note for the team. @ names a colleague.' : placeholderOf(wheel)}
        role={suggestions.length ? 'combobox' : undefined}
        aria-expanded={suggestions.length ? true : undefined}
        aria-controls={suggestions.length ? 'suggestions' : undefined}
        aria-activedescendant={suggestions.length ? `suggestion-${chosen}` : undefined}
        onChange={({ currentTarget }) => writing.write(currentTarget.value)}
        onSelect={({ currentTarget }) => writing.setCaret(currentTarget.selectionStart)}
        onKeyDown={writing.press}
        onBlur={() => props.onTyping(false)}
      />
      {props.translates && !note && text.trim() && conversation.language && (
        <Translated
          text={text.trim()}
          to={conversation.language}
          act={`Translate to ${languageText(conversation.language)}`}
          onUse={(translation) => writing.put(`${text.trim()}\n\n${translation}`)}
        />
      )}
      <div className={css.row}>
        <SegmentedControl
          size="xs"
          value={note ? 'note' : 'reply'}
          onChange={(value) => setNote(value === 'note')}
          data={[
            { value: 'reply', label: 'Reply' },
            { value: 'note', label: 'Note' },
          ]}
          aria-label="Reply to the customer, or a note for the team"
        />
        {!note && !barred && <ShareFiles conversation_id={conversation.id} />}
        <span className={css.hint}>Enter sends · / canned replies · ? knowledge</span>
        <Button
          size="compact-md"
          disabled={barred || !text.trim() || writing.looking !== null}
          onClick={writing.say}
        >
          {note ? 'Add the note' : 'Send'}
        </Button>
      </div>
    </section>
  );
}

const placeholderOf = ({ mine }: Wheel) =>
  mine ? 'Reply to the customer' : 'Reply to the customer; that takes the wheel';

function Suggestions({ suggestions, chosen, pick }: ReturnType<typeof useWriting>) {
  return (
    <div className={css.suggest} role="listbox" id="suggestions" aria-label="Suggestions">
      {suggestions.map((each, at) => (
        <div
          key={each.key}
          id={`suggestion-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          onMouseDown={(event) => {
            event.preventDefault();
            pick(each);
          }}
        >
          <strong>{each.title}</strong>
          {each.text && <div className={`${css.fine} one-line`}>{each.text}</div>}
        </div>
      ))}
    </div>
  );
}

/** What is being written, and what may be put into it. */
function useWriting({ conversation, me, onTyping, onSay }: ComposerProps) {
  const { id, contact } = conversation;
  const field = useRef<HTMLTextAreaElement>(null);
  const kept = drafts.get(id);
  const [note, setNote] = useState(Boolean(kept?.note && !kept.values.reply));
  const [texts, setTexts] = useState({
    reply: String(kept?.values.reply ?? ''),
    note: kept?.note ?? '',
  });
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [put_away, putAway] = useState('');
  const text = note ? texts.note : texts.reply;
  const members = useQuery({ queryKey: keys.members, queryFn: api.members.list });
  const replies = useQuery({ queryKey: keys.canned_replies, queryFn: api.canned_replies.list });
  const people = members.data?.rows ?? [];
  const search = useSearch(id, note ? null : (/^\?(.*)$/u.exec(text)?.[1] ?? null));
  const canned = replies.data?.rows ?? [];
  // Put away, it stays away while the same text goes on.
  const away = note ? put_away === text : put_away !== '' && text.startsWith(put_away);
  const looking = note || away ? null : looksFor(text);
  const found = note
    ? mentionsFor(text, caret, people)
    : looking === 'knowledge'
      ? passagesFor(search.passages)
      : cannedFor(text, canned, contact, me);
  const suggestions = away ? [] : found;
  const found_none =
    looking && !suggestions.length
      ? noneFound(looking, { ...search, canned: replies.isPending ? null : canned.length })
      : null;
  const chosen = Math.min(at, Math.max(0, suggestions.length - 1));

  const write = (next: string) => {
    const now = note ? { ...texts, note: next } : { ...texts, reply: next };
    setTexts(now);
    setCaret(field.current?.selectionStart ?? next.length);
    setAt(0);
    if (!next.startsWith(put_away)) putAway('');
    drafts.set(id, { values: now.reply ? { reply: now.reply } : {}, note: now.note }, Date.now());
    if (!note) onTyping(next.trim() !== '');
  };
  const pick = (one: Suggestion) => {
    const next = one.apply();
    write(next.text);
    putAway(next.text);
    requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret));
  };
  const say = () => {
    if (!text.trim() || looking) return;
    onSay({ text: text.trim(), note, mentions: note ? mentionsIn(text, people) : [] });
    write('');
    onTyping(false);
    field.current?.focus();
  };
  /** In place of what stands there, which is nothing yet. */
  const put = (words: string) => {
    write(words);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(words.length, words.length);
    });
  };
  const press = (event: KeyboardEvent) =>
    pressed(event, {
      suggestions,
      looking,
      chosen,
      setAt,
      pick,
      say,
      putAway: () => putAway(text),
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
    ...{ field, note, setNote, text, write, put, setCaret },
    ...{ suggestions, looking, found_none, chosen, pick, press, say },
  };
}

/** What is said where something is looked for and nothing stands there to pick. */
function noneFound(
  looking: 'canned' | 'knowledge',
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
  looking: 'canned' | 'knowledge' | null;
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
