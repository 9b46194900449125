import type { PromiseEpoch, PromiseTier } from '@wheelhouse/core';
import { useMemo } from 'react';
import { Plot } from '../../../kit/Plot.tsx';
import { partName } from '../../../kit/partWords.ts';
import { scoreText, share, whole } from '../../../kit/promiseWords.ts';
import { evidenceDrawn } from './evidenceDrawn.ts';
import css from './Promise.module.css';

/** Errors among the decisions at or over each threshold, against what is promised. */
export function EvidencePlot({ tier, epoch }: { tier: PromiseTier; epoch: PromiseEpoch }) {
  const score = epoch.agreement ? 'Agreement' : 'Confidence';
  const { evidence, alpha, threshold } = tier;
  const { x, series, range, end, at } = useMemo(
    () => evidenceDrawn({ evidence, alpha, threshold }),
    [evidence, alpha, threshold],
  );
  return (
    <div>
      <Plot
        label={`Share of decisions against the AI, at or over each ${score.toLowerCase()}, ${partName(epoch, tier)}`}
        {...{ x, series }}
        x_title={score}
        y_title="Wrong at or over it"
        x_text={scoreText}
        x_range={range}
        y_text={share}
        y_end={end}
        mark={threshold ?? undefined}
        columns={[
          { title: 'Decisions', text: (row) => whole(at(row).labelled) },
          { title: 'Wrong', text: (row) => whole(at(row).wrong) },
        ]}
      />
      <p className={css.fine_print}>
        Each decision counts by what it stands for, as in the proof; in the table they are counted
        as they came. The interval is approximate and of each threshold by itself: it proves nothing
        of several together.
      </p>
    </div>
  );
}
