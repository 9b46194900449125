import type { PromiseEpoch, PromiseTier } from '@wheelhouse/core';
import { useMemo } from 'react';
import { Plot } from '../../../kit/Plot.tsx';
import { scoreText, share, whole } from '../../../kit/promiseWords.ts';
import { evidenceDrawn } from './evidenceDrawn.ts';
import css from './Promise.module.css';
import { partName } from './partWords.ts';

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
        Of what was judged as it is: spot checks count here as much as what was held, and the proof
        weighs each by how likely it was to be judged. The exact interval is of each threshold by
        itself, and proves nothing of several together.
      </p>
    </div>
  );
}
