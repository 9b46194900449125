import { Button, SegmentedControl, Textarea } from '@mantine/core';
import type { Conversation } from '@wheelhouse/core';
import { useEffect, useRef } from 'react';
import { KeyHint } from '../../../kit/KeyHint.tsx';
import { languageText } from '../../../kit/languageText.ts';
import css from './Composer.module.css';
import { ShareFiles } from './ShareFiles.tsx';
import { SuggestedReply } from './SuggestedReply.tsx';
import { Translated } from './Translated.tsx';
import { useSuggestedReply } from './useKnowledge.ts';
import type { Wheel } from './useWheel.tsx';
import { useWriting, type WritingProps } from './useWriting.ts';

interface ComposerProps extends Omit<WritingProps, 'barred'> {
  leads: boolean;
  wheel: Wheel;
  /** The customer's message that nobody has answered yet. */
  asked_seq: number | null;
  /** Whether what is written may be translated to the customer's language. */
  translates: boolean;
}

/** Where a reply or a note is written. Enter sends it; what is not sent is there after a reload. */
export function Composer(props: ComposerProps) {
  const { conversation, wheel, leads, asked_seq } = props;
  const writing = useWriting({ ...props, barred: wheel.others });
  const suggested = useSuggestedReply(conversation, asked_seq);
  const { note, setNote, text, field, suggestions, chosen, found_none } = writing;
  const barred = wheel.others && !note;
  useWheelInHand(wheel.taken, writing.toReply);
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
      {offers && <SuggestedReply suggested={suggested} onUse={writing.use} />}
      <Textarea
        ref={field}
        value={text}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={8_000}
        disabled={barred}
        aria-label={note ? 'Write a note' : 'Write a reply'}
        placeholder={
          note ? 'A note for the team. @ names a colleague.' : placeholderOf(wheel, conversation)
        }
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
            { value: 'reply', label: <Kind word="Reply" of="r" /> },
            { value: 'note', label: <Kind word="Note" of="n" /> },
          ]}
          aria-label="Reply to the customer, or a note for the team"
        />
        {!note && !barred && <ShareFiles conversation_id={conversation.id} />}
        {!barred && <span className={css.hint}>{note ? note_hint : reply_hint}</span>}
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

const reply_hint = 'Enter sends · / canned replies · ? knowledge';
const note_hint = 'Enter adds it · @ names a colleague';

function placeholderOf({ mine, others }: Wheel, { owner, state }: Conversation): string {
  if (others) return `${owner.name} answers the customer`;
  if (state === 'resolved') return 'Reply to the customer; that reopens it';
  return mine ? 'Reply to the customer' : 'Reply to the customer; that takes the wheel';
}

const Kind = ({ word, of }: { word: string; of: string }) => (
  <span className={css.kind}>
    <span>{word}</span>
    <KeyHint of={of} />
  </span>
);

/** Whoever has just taken the wheel writes at once. */
function useWheelInHand(taken: number, write: () => void): void {
  const latest = useRef(write);
  useEffect(() => {
    latest.current = write;
  });
  useEffect(() => {
    if (taken) latest.current();
  }, [taken]);
}

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
