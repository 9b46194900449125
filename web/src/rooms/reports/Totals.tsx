import type { ConversationReport, Spread } from '@wheelhouse/core';
import type { ReactNode } from 'react';
import { least_n, Share } from '../../kit/figures.tsx';
import { msText } from './columns.ts';
import css from './ReportsPage.module.css';

const whole = new Intl.NumberFormat('en-US');

/** The whole stretch in seven figures, each with how many it rests on. */
export function Totals({ report: { total, queue } }: { report: ConversationReport }) {
  const { drafts } = total;
  const sent = drafts.as_it_stands + drafts.edited;
  return (
    <dl className={css.figures} aria-label="The whole stretch">
      <Figure label="Begun" value={whole.format(total.begun)}>
        {whole.format(total.asked)} asked for a person
      </Figure>
      <div className={css.figure}>
        <dt>Over without a person</dt>
        <dd>
          {queue ? (
            <span className={css.fine}>Not told of one queue</span>
          ) : (
            <Share of={total.deflection} what="that are over" large />
          )}
        </dd>
      </div>
      <Timed label="Waiting for a person" of={total.waiting} />
      <Timed label="First reply" of={total.first_reply} />
      <Timed label="Handling" of={total.handling} />
      <div className={css.figure}>
        <dt>Satisfied</dt>
        <dd>
          <Share of={total.satisfaction.satisfied} what="ratings" large />
        </dd>
      </div>
      <Figure label="Drafts sent as they stand" value={whole.format(drafts.as_it_stands)}>
        of {whole.format(sent)} sent, {whole.format(drafts.n)} decided
      </Figure>
    </dl>
  );
}

interface FigureProps {
  label: string;
  value: ReactNode;
  children: ReactNode;
}

const Figure = ({ label, value, children }: FigureProps) => (
  <div className={css.figure}>
    <dt>{label}</dt>
    <dd>
      <div className={css.value}>{value}</div>
      <div className={css.fine}>{children}</div>
    </dd>
  </div>
);

/** A median; with few it stands with a word of warning, as its n does. */
const Timed = ({ label, of: { n, median_ms, p90_ms } }: { label: string; of: Spread }) => (
  <Figure label={`${label}, median`} value={msText(median_ms)}>
    {n === 0
      ? 'none yet'
      : `90th percentile ${msText(p90_ms)}, n ${whole.format(n)}${n < least_n ? ': few' : ''}`}
  </Figure>
);
