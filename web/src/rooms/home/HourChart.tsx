import type { HomeSummary } from '@wheelhouse/core';
import { useLayoutEffect, useRef } from 'react';
import { RoomLink } from '../../kit/RoomLink.tsx';
import css from './HourChart.module.css';

type Rows = HomeSummary['by_hour'];

const hour_ms = 3_600_000;
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayed = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric' });
const whole = new Intl.NumberFormat('en-US');
/** Where the scale is marked, from the top. */
const lines = [1, 0.5, 0];
const series = ['passed', 'held', 'blocked'] as const;

/** The least round number that no hour goes over: 1, 2 or 5 times a power of ten. */
export function ceilingOf(rows: Rows): number {
  const most = Math.max(1, ...rows.map((row) => Math.max(totalOf(row), row.decided)));
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([1, 2, 5, 10].find((step) => step * power >= most) ?? 10);
}

const totalOf = ({ passed, held, blocked }: Rows[number]) => passed + held + blocked;

/** Outputs an hour by verdict, as stacked bars, each of which opens its outputs; people's decisions
 *  as a mark across. */
export function HourChart({ rows }: { rows: Rows }) {
  const top = ceilingOf(rows);
  const share = (count: number) => `${(count / top) * 100}%`;
  const box = useRef<HTMLDivElement>(null);
  // On a phone an hour is as wide as a finger needs, so the day is moved sideways, beside its scale;
  // it begins at now.
  useLayoutEffect(() => {
    if (box.current) box.current.scrollLeft = box.current.scrollWidth;
  }, []);
  return (
    <div className={css.chart}>
      <div className={css.scaled}>
        <div className={css.scale}>
          {lines.map((part) => (
            <span key={part}>
              {part * top === Math.round(part * top) ? whole.format(part * top) : ''}
            </span>
          ))}
        </div>
        <div ref={box} className={css.day}>
          <div className={css.plot}>
            {lines.map((part) => (
              <span key={part} className={css.grid} style={{ bottom: `${part * 100}%` }} />
            ))}
            <div className={css.bars}>
              {rows.map((row) => (
                <RoomLink
                  key={row.at}
                  room="/data"
                  search={{
                    since: row.at,
                    until: new Date(Date.parse(row.at) + hour_ms - 1).toISOString(),
                  }}
                  className={css.hour}
                >
                  <span className={css.words}>{wordsOf(row)}</span>
                  {series.map((name) => (
                    <span
                      key={name}
                      className={css.part}
                      data-part={name}
                      style={{ height: share(row[name]) }}
                    />
                  ))}
                  {row.decided > 0 && (
                    <span className={css.decided} style={{ bottom: share(row.decided) }} />
                  )}
                </RoomLink>
              ))}
            </div>
          </div>
          <div className={css.hours} aria-hidden="true">
            {rows.map(({ at }, place) => (
              <span key={at}>{place % 6 === 0 ? hourText(at, place === 0) : ''}</span>
            ))}
          </div>
        </div>
      </div>
      <ul className={css.legend}>
        {series.map((name) => (
          <li key={name} data-name={name}>
            <span className={css.swatch} data-part={name} />
            {name}
          </li>
        ))}
        <li>
          <span className={css.line} />
          decided by people
        </li>
      </ul>
    </div>
  );
}

/** The day stands with the first hour and with midnight, so that no hour is taken for another. */
function hourText(at: string, first: boolean): string {
  const date = new Date(at);
  const text = clock.format(date);
  return first || date.getHours() < 6 ? `${dayed.format(date)}, ${text}` : text;
}

const wordsOf = (row: Rows[number]): string =>
  `${dayed.format(new Date(row.at))}, ${clock.format(new Date(row.at))}: ${series
    .map((name) => `${whole.format(row[name])} ${name}`)
    .join(', ')}, ${whole.format(row.decided)} decided`;
