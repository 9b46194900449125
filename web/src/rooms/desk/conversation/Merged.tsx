import { Button } from '@mantine/core';
import { IconArrowMerge } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { MergedPart } from '@wheelhouse/core';
import { useState } from 'react';
import { minuteText } from '../../../kit/duration.ts';
import { Lines, Loading, Refused } from '../../../kit/faces.tsx';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import type { Talk } from '../../../live/conversations.ts';
import css from './Merged.module.css';
import { Said } from './Said.tsx';
import { contactName } from './words.ts';

type NameOf = (id: string | null | undefined) => string;
interface MergedPartsProps {
  parts: readonly MergedPart[];
  talk: Talk;
  nameOf: NameOf;
  onOpen: (id: string) => void;
}

/** What was said in the conversations that were merged into this one, to read above it. */
export const MergedParts = ({ parts, ...more }: MergedPartsProps) =>
  parts.map((part) => <Part key={part.id} part={part} {...more} />);

function Part({
  part,
  talk,
  nameOf,
  onOpen,
}: Omit<MergedPartsProps, 'parts'> & { part: MergedPart }) {
  const [open, setOpen] = useState(false);
  const asked = useQuery({
    queryKey: keys.talkPart(part.id),
    queryFn: ({ signal }) => api.conversations.read(part.id, {}, { signal }),
    enabled: open,
  });
  return (
    <section className={css.part} aria-label="Merged into this conversation">
      <div className={css.head}>
        <IconArrowMerge size={16} stroke={1.6} aria-hidden="true" />
        <span className={css.words}>
          Merged here: {part.seq} {part.seq === 1 ? 'message' : 'messages'}, begun{' '}
          {minuteText(part.created_at)}
        </span>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Put away' : 'Read it'}
        </Button>
      </div>
      {open && asked.isLoading && (
        <Loading>
          <Lines count={3} height={32} />
        </Loading>
      )}
      {open && asked.isError && <Refused error={asked.error} retry={() => void asked.refetch()} />}
      {open && asked.data && (
        <>
          {asked.data.more && (
            <Button variant="subtle" size="compact-sm" onClick={() => onOpen(part.id)}>
              Earlier messages stand in it
            </Button>
          )}
          <ol className={css.messages} aria-label="What was said in the merged conversation">
            {asked.data.messages.map((message) => (
              <Said
                key={message.id}
                message={message}
                customer={contactName(talk.conversation)}
                nameOf={nameOf}
              />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

/** Where a merged conversation goes on, in the place of what one would write. */
export const GoesOn = ({ into, onOpen }: { into: string; onOpen: (id: string) => void }) => (
  <div className={css.on} role="note">
    <IconArrowMerge size={16} stroke={1.6} aria-hidden="true" />
    <span className={css.words}>The customer goes on in another conversation.</span>
    <Button size="compact-sm" variant="default" onClick={() => onOpen(into)}>
      Open it
    </Button>
  </div>
);
