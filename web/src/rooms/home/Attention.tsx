import {
  IconAlarm,
  IconAlertTriangle,
  IconAt,
  IconChevronRight,
  IconEyeOff,
  IconInbox,
  IconSendOff,
  IconUserOff,
} from '@tabler/icons-react';
import type { HomeSummary } from '@wheelhouse/core';
import { Ago } from '../../kit/Ago.tsx';
import { Marked } from '../../kit/Marked.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import css from './Attention.module.css';
import page from './HomePage.module.css';

type Row = HomeSummary['attention'][number];

const kinds = {
  case: { word: 'Waits', Icon: IconInbox },
  stranded: { word: 'Nobody left', Icon: IconUserOff },
  alarmed: { word: 'Alarmed', Icon: IconAlertTriangle },
  unwatched: { word: 'Not watched', Icon: IconEyeOff },
  overdue: { word: 'Overdue', Icon: IconAlarm },
  mention: { word: 'You are asked', Icon: IconAt },
  delivery: { word: 'Not delivered', Icon: IconSendOff },
} as const;

const shown_rows = 5;

/** What needs someone now; each row opens where it is done. */
export function Attention({ rows }: { rows: Row[] }) {
  return (
    <section className={page.card} aria-label="Needs someone now">
      <header className={page.head}>
        <h2 className={page.title}>Needs someone now</h2>
        <RoomLink room="/desk" className={page.next}>
          Open the desk
        </RoomLink>
      </header>
      {rows.length ? (
        <ul className={css.list}>
          {rows.slice(0, shown_rows).map((row) => (
            <AttentionRow key={`${row.kind} ${row.id}`} row={row} />
          ))}
        </ul>
      ) : (
        <p className={css.none}>Nothing needs anyone. New cases appear here by themselves.</p>
      )}
    </section>
  );
}

/** Where it is done. */
function placeOf({ kind, id }: Row) {
  if (kind === 'delivery') return { room: '/settings', rest: '/webhooks' } as const;
  if (kind === 'alarmed' || kind === 'unwatched')
    return { room: '/gates', rest: `/${id}`, search: { tab: 'promise' } } as const;
  return { room: '/desk', rest: `/${id}` } as const;
}

function AttentionRow({ row }: { row: Row }) {
  const { word, Icon } = kinds[row.kind];
  return (
    <li>
      <RoomLink {...placeOf(row)} className={css.row}>
        <Icon size={18} stroke={1.6} aria-hidden="true" />
        <span className={css.words}>
          <span className={`${css.title} one-line`} dir="auto">
            <Marked text={row.title} />
          </span>
          <span className={`${css.detail} one-line`}>
            <span className={css.kind} data-kind={row.kind}>
              {word}
            </span>{' '}
            {row.detail}
          </span>
        </span>
        <span className={css.age}>
          <Ago at={row.at} short />
        </span>
        <IconChevronRight size={16} stroke={1.6} aria-hidden="true" />
      </RoomLink>
    </li>
  );
}
