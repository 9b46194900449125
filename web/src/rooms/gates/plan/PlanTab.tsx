import { Button, Progress } from '@mantine/core';
import { alpha_steps, type PlanSetup, peopleNeeded } from '@wheelhouse/core/learn';
import { useMemo } from 'react';
import { useLasting } from '../../../kit/faces.tsx';
import { DayFields } from './DayFields.tsx';
import { FilePanel } from './FilePanel.tsx';
import { GroupsPanel } from './GroupsPanel.tsx';
import css from './PlanTab.module.css';
import { PromisePanel } from './PromisePanel.tsx';
import { type Planning, stepNear } from './planning.ts';
import { ReportPanel } from './ReportPanel.tsx';
import { usePlanner } from './usePlanner.ts';
import { WeeksPanel } from './WeeksPanel.tsx';

interface PlanTabProps {
  gate: string;
  planning: Planning;
  onPlanning: (change: (before: Planning) => Planning) => void;
}

/** Plans a gate from a file of judged outputs, before anything goes through it. The file never leaves
 *  the browser. */
export function PlanTab({ gate, planning, onPlanning }: PlanTabProps) {
  const { setup } = planning;
  const planner = usePlanner(planning);
  const { study, plan, behind } = planner;
  const take = (next: File) =>
    onPlanning((before) => ({ ...before, file: next, columns: {}, only: null }));
  const change = (part: Partial<PlanSetup>) =>
    onPlanning((before) => ({ ...before, setup: { ...before.setup, ...part } }));
  const step = useMemo(() => stepNear(setup.alpha), [setup.alpha]);
  const shown = study?.shown;
  const certificate = shown?.certificates[step];
  return (
    <div className={css.plan}>
      <FilePanel
        study={study}
        fault={planner.fault}
        onFile={take}
        onColumns={(part) =>
          onPlanning((before) => ({
            ...before,
            columns: { ...before.columns, ...part },
            only: 'model_version' in part ? null : before.only,
          }))
        }
        onOnly={(only) => onPlanning((before) => ({ ...before, only }))}
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
