import type { GatePromise, PromiseEpoch } from '@wheelhouse/core';
import { useMemo } from 'react';
import { Panel } from '../../../kit/Panel.tsx';
import { Plot } from '../../../kit/Plot.tsx';
import { epochTitle } from '../../../kit/partWords.ts';
import type { PlotSeries } from '../../../kit/plotSeries.ts';
import { scoreText, share } from '../../../kit/promiseWords.ts';
import {
  type Calibration,
  calibrationOf,
  calibrationWords,
  least_decisions,
} from './calibration.ts';
import css from './Promise.module.css';

/** Of each version in use: whether what it goes by is as often right as it says. */
export function CalibrationPanel({ promise: { epochs } }: { promise: GatePromise }) {
  const open = epochs.filter(
    ({ ended_at, tiers }) => ended_at === null && tiers.some(({ evidence }) => evidence.length > 0),
  );
  if (!open.length) return null;
  return (
    <Panel
      title={`Does the ${open.some(({ agreement }) => agreement) ? 'agreement' : 'confidence'} mean what it says?`}
    >
      {open.map((epoch) => (
        <EpochCalibration key={epoch.id} epoch={epoch} named={open.length > 1} />
      ))}
    </Panel>
  );
}

function EpochCalibration({ epoch, named }: { epoch: PromiseEpoch; named: boolean }) {
  const calibration = useMemo(() => calibrationOf(epoch), [epoch]);
  const score = epoch.agreement ? 'agreement' : 'confidence';
  return (
    <section className={css.tier} aria-label={`What its ${score} means: ${epochTitle(epoch)}`}>
      {named && <h3 className={css.name}>{epochTitle(epoch)}</h3>}
      <p className={css.tier_state}>{calibrationWords(calibration, score)}</p>
      {calibration.n >= least_decisions && calibration.bins.length > 1 && (
        <ReliabilityPlot calibration={calibration} score={score} of={epochTitle(epoch)} />
      )}
    </section>
  );
}

interface ReliabilityPlotProps {
  calibration: Calibration;
  score: string;
  /** The version that it is told of. */
  of: string;
}

/** How often people agreed at each score, against what was said. */
function ReliabilityPlot({ calibration: { bins }, score, of }: ReliabilityPlotProps) {
  const { x, series } = useMemo(() => {
    const said = bins.map(({ confidence }) => confidence);
    const drawn: PlotSeries[] = [
      { title: 'At most', tone: 'muted', values: bins.map((one) => one.accuracy_high) },
      {
        ...{ title: 'At least', tone: 'muted', closes_band: '95% interval' },
        values: bins.map((one) => one.accuracy_low),
      },
      { title: 'People agreed', tone: 'accent', values: bins.map(({ accuracy }) => accuracy) },
      { title: 'As it says', tone: 'muted', kind: 'limit', values: said },
    ];
    return { x: said, series: drawn };
  }, [bins]);
  return (
    <Plot
      label={`How often people agreed, by ${score}, ${of}`}
      {...{ x, series }}
      x_title={score === 'agreement' ? 'Agreement' : 'Confidence'}
      x_text={scoreText}
      y_title="People agreed"
      y_text={share}
      columns={[{ title: 'Decisions', text: (row) => String(bins[row]?.n ?? '') }]}
    />
  );
}
