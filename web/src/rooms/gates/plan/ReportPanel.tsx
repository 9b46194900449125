import type { GatePlan } from '@wheelhouse/core/learn';
import { finePrint, planReport } from '@wheelhouse/plan';
import { Panel } from '../../../kit/Panel.tsx';
import { serverVersion } from '../../../live/version.ts';
import { ReportButtons } from '../ReportButtons.tsx';
import css from './PlanTab.module.css';
import type { ReadFile } from './planning.ts';

interface ReportPanelProps {
  plan: GatePlan;
  file: ReadFile;
  gate: string;
  /** What is shown is not yet of the settings. */
  behind: boolean;
}

/** The plan as a document to file, and what it rests on. */
export function ReportPanel({ plan, file, gate, behind }: ReportPanelProps) {
  const report = async () =>
    planReport(document, {
      ...{ plan, file, gate },
      made_at: new Date().toISOString(),
      version: await serverVersion(),
    });
  const { assumes, not } = finePrint(plan);
  const list = (lines: readonly string[]) => (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
  return (
    <Panel
      title="Report"
      say="Promise, evidence, assumptions and limits in one document, as wheelhouse gate simulate makes it at a terminal."
      aside={<ReportButtons name={`plan-${gate}.html`} report={report} disabled={behind} />}
    >
      <details className={css.print_words}>
        <summary>What it rests on, and what it does not promise</summary>
        <h3>It rests on</h3>
        {list(assumes)}
        <h3>It does not promise</h3>
        {list(not)}
      </details>
    </Panel>
  );
}
