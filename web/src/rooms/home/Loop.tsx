import { IconArrowRight, IconArrowUp } from '@tabler/icons-react';
import type { HomeSummary } from '@wheelhouse/core';
import { Fragment, type ReactNode } from 'react';
import { Num, percent, Share, ShareLine } from '../../kit/figures.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import css from './Loop.module.css';

/** The loop: what came, what the gates said, what people decided, and how far they agree; which is
 *  what tells whether the gates are set right. */
export function Loop({ home }: { home: HomeSummary }) {
  return (
    <section className={css.loop} aria-label="The loop in the last 24 hours">
      <ol className={css.stages}>
        <Stage title="Outputs">
          <RoomLink room="/data" search={{ since: home.since }} className={css.figure}>
            <Num of={home.outputs} />
          </RoomLink>
          <p className={css.note}>proposed by your AI</p>
        </Stage>
        <Stage title="Gates">
          <Split
            of={[
              { name: 'passed', count: home.passed, verdict: 'pass' },
              { name: 'held', count: home.held, verdict: 'hold' },
              { name: 'blocked', count: home.blocked, verdict: 'block' },
            ]}
            since={home.since}
          />
        </Stage>
        <Stage title="People">
          <RoomLink room="/desk" search={{ view: 'resolved' }} className={css.figure}>
            <Num of={home.decided} />
          </RoomLink>
          <Outcomes of={home.outcomes} since={home.since} />
        </Stage>
        <Stage title="People agree with the AI" last>
          <div className={css.agreement}>
            <Share of={home.agreement} what="decisions" large />
          </div>
          <ShareLine of={home.agreement} label="People agree with the AI" />
        </Stage>
      </ol>
      <div className={css.back}>
        <IconArrowUp className={css.head} size={20} stroke={1.4} aria-hidden="true" />
        <span className={css.back_words}>
          and back: agreement says whether the gates hold too much or too little
        </span>
      </div>
    </section>
  );
}

function Stage({ title, last, children }: { title: string; last?: boolean; children: ReactNode }) {
  return (
    <li className={css.stage}>
      <div className={css.card}>
        <h2 className={css.title}>{title}</h2>
        {children}
      </div>
      {!last && <IconArrowRight className={css.arrow} size={20} stroke={1.4} aria-hidden="true" />}
    </li>
  );
}

interface Portion {
  name: string;
  count: number;
  verdict: string;
}

function Split({ of, since }: { of: Portion[]; since: string }) {
  const total = of.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <div className={css.bar} aria-hidden="true">
        {of.map(({ name, count }) =>
          count ? <span key={name} data-part={name} style={{ flexGrow: count }} /> : null,
        )}
      </div>
      <ul className={css.parts}>
        {of.map(({ name, count, verdict }) => (
          <li key={name}>
            <span className={css.swatch} data-part={name} aria-hidden="true" />
            <RoomLink room="/data" search={{ verdict, since }} className={css.part}>
              <b>
                <Num of={count} />
              </b>{' '}
              {name}
            </RoomLink>
            {total > 0 && <span className={css.share}>{percent(count / total)}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What they decided, most often first; each opens its outputs. */
function Outcomes({ of, since }: { of: HomeSummary['outcomes']; since: string }) {
  const named = Object.entries(of).filter(([, count]) => count > 0);
  if (!named.length) return <p className={css.note}>nothing decided yet</p>;
  return (
    <p className={css.note}>
      {named
        .sort(([, a], [, b]) => b - a)
        .map(([outcome, count], at) => (
          <Fragment key={outcome}>
            {at > 0 && ', '}
            <RoomLink room="/data" search={{ outcome, since }} className={css.outcome}>
              {count.toLocaleString('en-US')} {outcome}
            </RoomLink>
          </Fragment>
        ))}
    </p>
  );
}
