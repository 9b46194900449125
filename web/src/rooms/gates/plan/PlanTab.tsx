import { Button, Progress } from '@mantine/core';
import { alpha_steps, peopleNeeded, targetsOf } from '@wheelhouse/core/learn';
import { useState } from 'react';
import { useLasting } from '../../../kit/faces.tsx';
import { DayFields } from './DayFields.tsx';
import { FilePanel } from './FilePanel.tsx';
import { GroupsPanel } from './GroupsPanel.tsx';
import css from './PlanTab.module.css';
import { PromisePanel } from './PromisePanel.tsx';
import { type Planning, setupOf, stepNear, termsOf, withLimit } from './planning.ts';
import { ReportPanel } from './ReportPanel.tsx';
import { TiersPanel } from './TiersPanel.tsx';
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
  const change = (part: Partial<Planning['setup']>) =>
    onPlanning((before) => ({ ...before, setup: { ...before.setup, ...part } }));
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = study?.shown;
  // The last is what alpha itself is of.
  const tier = shown?.find((one) => one.tier === chosen) ?? shown?.at(-1);
  const whole = setupOf(planning);
  const target = targetsOf(whole).find((one) => one.tier === tier?.tier);
  const step = stepNear(target?.alpha ?? setup.alpha);
  const certificate = tier?.certificates[step];
  return (
    <div className={css.plan}>
      <FilePanel
        study={study}
        terms={termsOf(planning)}
        wanted={planning.columns}
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
      {shown && tier && target && certificate && (
        <>
          <PromisePanel
            tiers={shown.map((one) => one.tier)}
            studied={tier}
            step={step}
            people={peopleNeeded(certificate.coverage, {
              ...setup,
              outputs_a_day: setup.outputs_a_day * tier.share,
            })}
            setup={whole}
            target={target}
            terms={termsOf(planning)}
            partial={study.file.partial}
            onTier={setChosen}
            onStep={(at) =>
              onPlanning((before) => withLimit(before, tier.tier, alpha_steps[at] as number))
            }
          />
          <DayFields setup={setup} onChange={change} />
          {plan && (
            <>
              <TiersPanel plan={plan} behind={behind} />
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
