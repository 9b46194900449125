import type { Output } from '@wheelhouse/core';
import { useMemo } from 'react';
import { Ago } from '../../kit/Ago.tsx';
import { Num } from '../../kit/figures.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import css from './HeldReasons.module.css';
import { reasonKinds } from './reasonKinds.ts';

const most_shown = 6;

interface HeldReasonsProps {
  /** The newest first. */
  outputs: readonly Output[];
  gate: string;
}

/** Why this gate held what it held of late. */
export function HeldReasons({ outputs, gate }: HeldReasonsProps) {
  const kinds = useMemo(() => reasonKinds(outputs), [outputs]);
  const oldest = outputs.at(-1);
  if (!oldest) return null;
  const held = outputs.filter(({ verdict }) => verdict === 'hold').length;
  return (
    <Panel
      title="Why it held"
      say={
        <>
          <Num of={held} /> of the newest <Num of={outputs.length} />; the oldest of them came{' '}
          <Ago at={oldest.created_at} />
        </>
      }
      aside={
        held > 0 && (
          <RoomLink room="/data" search={{ gate, verdict: 'hold' }} className={css.link}>
            See them
          </RoomLink>
        )
      }
    >
      {kinds.length ? (
        <ul className={css.list}>
          {kinds.slice(0, most_shown).map(({ words, count }) => (
            <li key={words}>
              <span className={css.words}>
                <bdi>{words}</bdi>
              </span>
              <Num of={count} />
              <span className={css.bar} aria-hidden="true">
                <span style={{ width: `${(count / outputs.length) * 100}%` }} />
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className={css.none}>None of them was held.</p>
      )}
    </Panel>
  );
}
