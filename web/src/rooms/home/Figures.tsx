import { IconAlertTriangle } from '@tabler/icons-react';
import type { HomeSummary } from '@wheelhouse/core';
import type { ReactNode } from 'react';
import { Ago } from '../../kit/Ago.tsx';
import { effortText } from '../../kit/duration.ts';
import { Num, Share, ShareLine } from '../../kit/figures.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { useSeenRooms } from '../../kit/rooms.ts';
import css from './Figures.module.css';

/** The figures that someone asks for first: who waits, whether passes are right, what it costs. */
export function Figures({ home }: { home: HomeSummary }) {
  const rooms = useSeenRooms();
  const shown = (room: string) => rooms.some(({ path }) => path === room);
  return (
    <section className={css.row} aria-label="Figures">
      <Figure title="Waiting for a person" waiting={home.waiting > 0}>
        <RoomLink room="/desk" className={css.large}>
          <Num of={home.waiting} />
        </RoomLink>
        <p className={css.note}>
          {home.oldest_waiting_at ? (
            <>
              oldest waits <Ago at={home.oldest_waiting_at} short />, {home.held_now} being looked
              at
            </>
          ) : (
            'Nobody waits.'
          )}
          {shown('/live') && (
            <>
              {' · '}
              <RoomLink room="/live" className={css.link}>
                who waits, live
              </RoomLink>
            </>
          )}
        </p>
      </Figure>
      <Figure title="Spot checks of what passed">
        <Share of={home.spot_check_agreement} what="checks" large />
        <ShareLine of={home.spot_check_agreement} label="Spot checks that agree with the AI" />
        <p className={css.note}>
          agree with the AI, drawn by chance;{' '}
          <RoomLink room="/desk" search={{ view: 'spot_checks' }} className={css.link}>
            those that wait
          </RoomLink>
        </p>
      </Figure>
      <Figure title="People’s time">
        <RoomLink room="/desk" search={{ view: 'resolved' }} className={css.large}>
          {effortText(home.spent_ms)}
        </RoomLink>
        <p className={css.note}>
          {home.median_spent_ms === null
            ? 'no decision yet'
            : `${home.decided.toLocaleString('en-US')} decided; median ${effortText(home.median_spent_ms)} an answer`}
          {shown('/reports') && (
            <>
              {' · '}
              <RoomLink room="/reports" className={css.link}>
                conversations in figures
              </RoomLink>
            </>
          )}
        </p>
      </Figure>
      <Figure title="Deliveries that failed for good" harm={home.dead_deliveries > 0}>
        <span className={css.large}>
          {home.dead_deliveries > 0 && (
            <IconAlertTriangle size={18} stroke={1.8} aria-hidden="true" />
          )}{' '}
          <Num of={home.dead_deliveries} />
        </span>
        <p className={css.note}>
          {home.dead_deliveries ? (
            <RoomLink room="/settings" rest="/webhooks" className={css.link}>
              See them and send again
            </RoomLink>
          ) : (
            'None was given up.'
          )}
        </p>
      </Figure>
    </section>
  );
}

interface FigureProps {
  title: string;
  waiting?: boolean;
  harm?: boolean;
  children: ReactNode;
}

function Figure({ title, waiting, harm, children }: FigureProps) {
  return (
    <div className={css.figure} data-waiting={waiting || undefined} data-harm={harm || undefined}>
      <h2 className={css.title}>{title}</h2>
      {children}
    </div>
  );
}
