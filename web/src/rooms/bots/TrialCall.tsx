import { IconBolt } from '@tabler/icons-react';
import type { Tool, Trial } from '@wheelhouse/core';
import { JsonTree } from '../../kit/JsonTree.tsx';
import { inSchemaOrder } from '../../kit/schemaOrder.ts';
import { VerdictMark } from '../../kit/VerdictMark.tsx';
import css from './TryPanel.module.css';
import { titleOf } from './tools.ts';

interface TrialCallProps {
  calls: NonNullable<Trial['calls']>;
  judged: Trial['judged'];
  tool: Tool | undefined;
}

/** The call that a bot would make, and what would come of it. */
export function TrialCall({ calls, judged, tool }: TrialCallProps) {
  return (
    <section className={css.call} aria-label="What it would do">
      <header className={css.call_head}>
        <IconBolt size={16} stroke={1.8} aria-hidden="true" />
        <b>
          It would call <bdi>{tool ? titleOf(tool) : calls.tool}</bdi>
        </b>
        {tool?.title && <code>{calls.tool}</code>}
        {judged && <VerdictMark verdict={judged.verdict} />}
      </header>
      {Object.keys(calls.arguments).length ? (
        <JsonTree
          value={inSchemaOrder(calls.arguments, tool?.arguments_schema)}
          label="Arguments"
        />
      ) : (
        <p className={css.fine}>With no arguments.</p>
      )}
      {judged && (
        <p className={css.call_gate}>
          The gate <bdi>{judged.gate}</bdi> {outcomeWords(judged.verdict, tool)}
        </p>
      )}
      <p className={css.call_gate}>
        <b>Not carried out: this is a trial.</b>
      </p>
    </section>
  );
}

type Verdict = NonNullable<Trial['judged']>['verdict'];

const outcomeWords = (verdict: Verdict, tool: Tool | undefined): string => {
  if (verdict === 'hold') return 'holds it: a person decides first, and the customer is told so.';
  if (verdict === 'block') return 'blocks it: it is not done, and the customer is told so.';
  return tool?.carried_out.by === 'claim'
    ? 'lets it pass: your program may carry it out at once.'
    : 'lets it pass: it is sent to its address at once.';
};
