import { Button } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import type { GatePlan } from '@wheelhouse/core/learn';
import { finePrint, planReport } from '@wheelhouse/plan';
import { Panel } from '../../../kit/Panel.tsx';
import { saveFile } from '../../../kit/saveFile.ts';
import { serverVersion } from '../../../live/version.ts';
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
  const { assumes, not } = finePrint(plan.setup);
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
      aside={
        <>
          <Button
            variant="default"
            disabled={behind}
            leftSection={<IconPrinter size={16} stroke={1.6} />}
            onClick={async () => print(await report())}
          >
            Print or PDF
          </Button>
          <Button
            variant="default"
            disabled={behind}
            leftSection={<IconDownload size={16} stroke={1.6} />}
            onClick={async () => saveFile(`plan-${gate}.html`, [await report()], 'text/html')}
          >
            Save the report
          </Button>
        </>
      }
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

/** Prints a document beside this one; a browser's print makes a PDF as well. */
function print(report: string): void {
  const frame = document.createElement('iframe');
  frame.className = css.print ?? '';
  frame.title = 'The report, to be printed';
  frame.srcdoc = report;
  frame.addEventListener('load', () => {
    const inside = frame.contentWindow;
    if (!inside) return;
    inside.addEventListener('afterprint', () => frame.remove());
    inside.print();
  });
  document.body.append(frame);
}
