import { Button, Progress } from '@mantine/core';
import type { ScoredColumns } from '@wheelhouse/core';
import { alpha_steps, type PlanSetup, peopleNeeded, plan_defaults } from '@wheelhouse/core/learn';
import { useMemo, useState } from 'react';
import { useLasting } from '../../../kit/faces.tsx';
import { DayFields } from './DayFields.tsx';
import { FilePanel } from './FilePanel.tsx';
import { GroupsPanel } from './GroupsPanel.tsx';
import css from './PlanTab.module.css';
import { PromisePanel } from './PromisePanel.tsx';
import { stepNear } from './planning.ts';
import { ReportPanel } from './ReportPanel.tsx';
import { usePlanner } from './usePlanner.ts';
import { WeeksPanel } from './WeeksPanel.tsx';

/** Plans a gate from a file of judged outputs, before anything goes through it. The file never leaves
 *  the browser. */
export function PlanTab({ gate }: { gate: string }) {
  const [file, setFile] = useState<File | null>(null);
  const [columns, setColumns] = useState<Partial<ScoredColumns>>({});
  const [setup, setSetup] = useState<PlanSetup>(plan_defaults);
  const planner = usePlanner(file, columns, setup);
  const { study, plan, behind } = planner;
  const take = (next: File) => {
    setColumns({});
    setFile(next);
  };
  const change = (part: Partial<PlanSetup>) => setSetup((before) => ({ ...before, ...part }));
  const step = useMemo(() => stepNear(setup.alpha), [setup.alpha]);
  const shown = study?.shown;
  const certificate = shown?.certificates[step];
  return (
    <div className={css.plan}>
      <FilePanel
        study={study}
        fault={planner.fault}
        onFile={take}
        onColumns={(part) => setColumns((before) => ({ ...before, ...part }))}
      />
      <Working planner={planner} />
      {shown && certificate && (
        <>
          <PromisePanel
            curve={shown.curve}
            certificates={shown.certificates}
            step={step}
            people={peopleNeeded(certificate.coverage, setup)}
            setup={setup}
            onStep={(at) => change({ alpha: alpha_steps[at] as number })}
          />
          <DayFields setup={setup} onChange={change} />
          {plan && (
            <>
              <WeeksPanel plan={plan} behind={behind} />
              <GroupsPanel plan={plan} behind={behind} />
              <ReportPanel plan={plan} file={study.file} gate={gate} behind={behind} />
            </>
          )}
        </>
      )}
    </div>
  );
}

/** What is under way, and the way to end it; only when it lasts. */
function Working({ planner: { progress, stop } }: { planner: ReturnType<typeof usePlanner> }) {
  const lasting = useLasting(progress !== null, 400);
  if (!lasting || !progress) return null;
  return (
    <div className={css.working} role="status">
      <span>{progress.what}…</span>
      <Progress
        value={progress.share * 100}
        className={css.bar}
        aria-label={progress.what}
        transitionDuration={0}
      />
      <Button variant="default" size="compact-sm" onClick={stop}>
        Stop
      </Button>
    </div>
  );
}
