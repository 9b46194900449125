import type { GatePromise } from '@wheelhouse/core';
import { promiseReport } from '@wheelhouse/plan';
import { happenedWords } from '../../../kit/happenedWords.ts';
import { Panel } from '../../../kit/Panel.tsx';
import { promiseWords } from '../../../kit/policyWords.ts';
import { epochWords, tierWords } from '../../../kit/promiseWords.ts';
import { useMe } from '../../../live/session.ts';
import { serverVersion } from '../../../live/version.ts';
import { ReportButtons } from '../ReportButtons.tsx';
import { foundFor } from './foundFor.ts';
import css from './Promise.module.css';
import {
  endedWords,
  leftOutWords,
  overrideOf,
  restsWords,
  standingWords,
  standsWords,
  stateSentence,
} from './promiseText.ts';

/** Where the promise stands as a document to file. */
export function ReportPanel({ promise, title }: { promise: GatePromise; title: string }) {
  const { name } = useMe();
  const report = async () =>
    promiseReport(document, {
      ...{ promise, title, made_by: name },
      found: await foundFor(promise),
      version: await serverVersion(),
      words: {
        promise: `${promiseWords(promise)}.`,
        state: standsWords(promise),
        now: stateSentence(promise),
        epoch: epochWords,
        ended: endedWords,
        tier: tierWords,
        standing: (tier, epoch) =>
          standingWords(tier, overrideOf(promise, epoch), epoch.agreement !== null),
        happened: (event) => happenedWords(event) ?? event.type,
        rests: [...(promise.left_out ? [leftOutWords(promise)] : []), ...restsWords(promise)],
      },
    });
  return (
    <Panel
      title="Report"
      aside={<ReportButtons name={`promise-${promise.gate}.html`} report={report} />}
    >
      <p className={css.now}>
        What is promised, each version’s certificates and their evidence, spot checks, groups, how
        often the AI is right, and what happened, in one document to file.
      </p>
    </Panel>
  );
}
