import type { Output } from '@wheelhouse/core';
import type { ReactNode } from 'react';
import { CopyButton } from '../../kit/CopyButton.tsx';
import { clockText } from '../../kit/duration.ts';
import { percent } from '../../kit/figures.tsx';
import { JsonTree } from '../../kit/JsonTree.tsx';
import { Panel } from '../../kit/Panel.tsx';
import css from './OutputFacts.module.css';

const most_scores = 6;

/** What is known of an output beside its content. */
export function OutputFacts({ output }: { output: Output }) {
  const scores = Object.entries(output.scores ?? {})
    .sort(([, a], [, b]) => b - a)
    .slice(0, most_scores);
  const rows: [string, ReactNode][] = [
    ['Confidence', output.confidence === null ? 'none given' : output.confidence.toFixed(3)],
    ['Model', [output.model, output.model_version].filter(Boolean).join(', ') || 'not said'],
    ['Risk', output.risk ?? 'not said'],
    ['Cost', output.cost_usd === null ? 'not said' : `${output.cost_usd} USD`],
    [
      'Spot check',
      output.spot_check_probability === null
        ? 'not in the draw'
        : `${output.spot_checked ? 'drawn' : 'not drawn'}, chance ${percent(output.spot_check_probability, 1)}`,
    ],
    ['Submitted', clockText(output.created_at)],
    ['Time runs out', output.deadline_at ? clockText(output.deadline_at) : 'never'],
    ['Conversation', output.conversation_id ?? 'none'],
  ];
  return (
    <Panel
      title="What else is known"
      aside={
        <CopyButton text={output.id} size="compact-sm">
          Copy its id
        </CopyButton>
      }
    >
      <dl className={css.facts}>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {scores.length > 0 && (
        <section>
          <h3 className={css.title}>Scores</h3>
          <ul className={css.scores}>
            {scores.map(([label, score]) => (
              <li key={label}>
                <bdi className="one-line">{label}</bdi>
                <span className={css.bar} aria-hidden="true">
                  <span style={{ width: `${Math.min(1, Math.max(0, score)) * 100}%` }} />
                </span>
                <span className={css.score}>{score.toFixed(3)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {output.groups && (
        <section>
          <h3 className={css.title}>Groups</h3>
          <JsonTree value={output.groups} />
        </section>
      )}
      {output.metadata && (
        <section>
          <h3 className={css.title}>Metadata</h3>
          <JsonTree value={output.metadata} />
        </section>
      )}
    </Panel>
  );
}
