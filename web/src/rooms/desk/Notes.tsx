import { Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Member } from '@wheelhouse/core';
import {
  type KeyboardEvent,
  type RefObject,
  type SyntheticEvent,
  useEffect,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { ActButton } from '../../kit/ActButton.tsx';
import { Ago } from '../../kit/Ago.tsx';
import { WhoBadge } from '../../kit/WhoBadge.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { sentenceOf } from '../../live/problem.ts';
import { mayAs, members_query, useMe } from '../../live/session.ts';
import { drafts } from './drafts.ts';
import { Mentioned } from './Mentioned.tsx';
import { completed, mentionAt, mentionsIn } from './mention.ts';
import css from './Notes.module.css';

/** What colleagues say to each other about a case. It never reaches whoever asked. */
export function Notes({
  case_id,
  field,
}: {
  case_id: string;
  field: RefObject<HTMLTextAreaElement | null>;
}) {
  const notes = useQuery({
    queryKey: keys.notes(case_id),
    queryFn: () => api.cases.notes(case_id),
  });
  const me = useMe();
  const members = useQuery(members_query);
  const named = (ids: readonly string[]) =>
    members.data?.rows.filter(({ id }) => ids.includes(id)).map(({ name }) => name) ?? [];
  const rows = notes.data?.rows ?? [];
  return (
    <section className={css.notes} aria-label="Notes">
      <h2 className={css.title}>Notes among colleagues{rows.length > 0 && ` (${rows.length})`}</h2>
      {rows.map(({ id, by, by_name, at, text, mentions }) => (
        <div key={id} className={css.note}>
          <div className={css.by}>
            <WhoBadge
              who={by.startsWith('mem_') ? 'person' : 'system'}
              name={by === me.id ? 'You' : by_name}
            />
            <span className={css.at}>
              <Ago at={at} />
            </span>
          </div>
          <p className={`${css.text} own-direction`}>
            <Mentioned text={text} names={named(mentions)} />
          </p>
        </div>
      ))}
      {mayAs(me.role, 'reviewer') && (
        <Composer case_id={case_id} sent={rows.length} field={field} />
      )}
    </section>
  );
}

interface ComposerProps {
  case_id: string;
  /** How many notes there are. */
  sent: number;
  field: RefObject<HTMLTextAreaElement | null>;
}

function Composer({ case_id, sent, field }: ComposerProps) {
  const cache = useQueryClient();
  const { data } = useQuery(members_query);
  const members = (data?.rows ?? []).filter(({ state }) => state === 'active');
  const { text, setText, found, at, take, press, follow } = useMentions(case_id, members, field);
  const composer = useRef<HTMLDivElement>(null);
  const writing = text.trim() !== '';
  // What is being written, and the button that sends it, stay above the bar of acts.
  // biome-ignore lint/correctness/useExhaustiveDependencies: its height follows from these.
  useEffect(() => {
    if (document.activeElement !== field.current) return;
    composer.current?.scrollIntoView({ block: 'nearest' });
  }, [field, writing, sent]);
  const send = useMutation({
    mutationFn: () =>
      api.cases.note(case_id, { text: text.trim(), mentions: mentionsIn(text, members) }),
    onSuccess: () => {
      setText('');
      void cache.invalidateQueries({ queryKey: keys.notes(case_id) });
    },
  });
  const typed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return press(event);
    // The form's own answer listens to the same keys; a note is not an answer.
    event.preventDefault();
    event.stopPropagation();
    if (writing) send.mutate();
  };
  return (
    <div className={css.composer} ref={composer}>
      <Textarea
        ref={field}
        autosize
        minRows={1}
        maxRows={8}
        maxLength={10_000}
        placeholder="Write a note; @ names a colleague"
        aria-label="Write a note"
        value={text}
        error={send.error && sentenceOf(send.error)}
        onChange={follow}
        onSelect={follow}
        onKeyDown={typed}
      />
      {found.length > 0 && <Found members={found} at={at} onTake={take} />}
      {writing && (
        <ActButton
          act_key="mod+Enter"
          size="compact-sm"
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          Add note
        </ActButton>
      )}
    </div>
  );
}

/** Text in which `@` finds a colleague: arrows choose, Enter or Tab takes. */
function useMentions(case_id: string, members: Member[], field: ComposerProps['field']) {
  const [text, write] = useState(() => drafts.get(case_id)?.note ?? '');
  const setText = (next: string) => {
    write(next);
    drafts.set(case_id, { note: next }, Date.now());
  };
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const asked = mentionAt(text, caret);
  const found = asked === null ? [] : matching(members, asked.name);
  const take = (member: Member) => {
    const next = completed(text, caret, member.name);
    flushSync(() => {
      setText(next.text);
      setCaret(next.caret);
      setAt(0);
    });
    // At once: a frame later the hand may have left the field, by Escape, and would be brought back.
    field.current?.focus();
    field.current?.setSelectionRange(next.caret, next.caret);
  };
  const press = (event: KeyboardEvent) => {
    const member = found[at];
    if (!member) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter' || event.key === 'Tab') take(member);
    else if (step) setAt((at + step + found.length) % found.length);
    else return;
    event.preventDefault();
  };
  const follow = ({ currentTarget }: SyntheticEvent<HTMLTextAreaElement>) => {
    if (currentTarget.value !== text) {
      setAt(0);
      setText(currentTarget.value);
    }
    setCaret(currentTarget.selectionStart);
  };
  return { text, setText, found, at, take, press, follow };
}

interface FoundProps {
  members: Member[];
  at: number;
  onTake: (member: Member) => void;
}

function Found({ members, at, onTake }: FoundProps) {
  return (
    <div className={css.found} role="listbox" aria-label="Colleagues">
      {members.map((member, place) => (
        <button
          key={member.id}
          type="button"
          role="option"
          aria-selected={place === at}
          className={css.member}
          data-marked={place === at || undefined}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(member)}
        >
          <span className="one-line">{member.name}</span>
          <span className={css.at}>{member.role}</span>
        </button>
      ))}
    </div>
  );
}

const shown_members = 6;
const matching = (members: Member[], name: string) =>
  members
    .filter((member) => member.name.toLowerCase().includes(name.toLowerCase()))
    .slice(0, shown_members);
