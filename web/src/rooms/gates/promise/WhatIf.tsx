import { NumberInput, SegmentedControl, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { GatePromise, PromiseWhatIf } from '@wheelhouse/core';
import { useMemo, useState } from 'react';
import { FourFaces } from '../../../kit/faces.tsx';
import { Panel } from '../../../kit/Panel.tsx';
import { Plot } from '../../../kit/Plot.tsx';
import type { PlotSeries } from '../../../kit/plotSeries.ts';
import { share } from '../../../kit/promiseWords.ts';
import table from '../../../kit/table.module.css';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import { momentWords, timeRange } from './promiseMarks.ts';
import css from './WhatIf.module.css';
import { type Dragged, WhatIfCurve } from './WhatIfCurve.tsx';
import {
  coverageNow,
  errorsWords,
  limitFault,
  limits,
  provenWords,
  untoldWords,
} from './whatIfWords.ts';

const day_ms = 86_400_000;
const settle_ms = 400;

/** What another limit would have done to the outputs of the last days. */
export function WhatIf({ promise }: { promise: GatePromise }) {
  const { gate } = promise;
  const [alpha, setAlpha] = useState(promise.alpha);
  /** As it is typed, where that is no limit. */
  const [typed, setTyped] = useState<number | string | null>(null);
  const drag = (dragged: number) => {
    setTyped(null);
    setAlpha(dragged);
  };
  const [days, setDays] = useState('30');
  const [asked] = useDebouncedValue(alpha, settle_ms);
  const found = useQuery({
    queryKey: [...keys.gatePromise(gate), 'what-if', asked, days],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - (Number(days) - 1) * day_ms).toISOString();
      return api.gates.whatIf(gate, { alpha: asked, from }, { signal });
    },
    placeholderData: (before) => before,
  });
  if (!promise.epochs.length) return null;
  return (
    <Panel
      title="What if the limit had been another?"
      say="Day by day, what the decisions of the days before would have proven, and what would have passed by it. Drag the limit in the plot, or type it."
      aside={
        <SegmentedControl
          size="xs"
          aria-label="Time"
          value={days}
          onChange={setDays}
          data={['7', '30', '90'].map((value) => ({ value, label: `${value} days` }))}
        />
      }
    >
      <div className={css.page}>
        <NumberInput
          className={css.alpha}
          label="At most wrong of what passes"
          suffix=" %"
          min={limits.min}
          max={limits.max}
          step={0.5}
          decimalScale={3}
          clampBehavior="none"
          value={typed ?? Number((alpha * 100).toPrecision(6))}
          error={typed !== null && limitFault(typed, alpha)}
          onChange={(changed) => {
            const fault = limitFault(changed, alpha);
            setTyped(fault ? changed : null);
            if (!fault) setAlpha(Number((Number(changed) / 100).toPrecision(6)));
          }}
        />
        <FourFaces of={found} skeleton={<Skeleton height={200} />}>
          {(answer) => <Answer answer={answer} promise={promise} alpha={alpha} onAlpha={drag} />}
        </FourFaces>
      </div>
    </Panel>
  );
}

interface AnswerProps extends Dragged {
  answer: PromiseWhatIf;
  promise: GatePromise;
}

function Answer({ answer, promise, ...dragged }: AnswerProps) {
  const { n, as_it_was, as_if, alpha, days } = answer;
  if (n === 0) return <p className={css.quiet}>Nothing came in this time.</p>;
  return (
    <>
      {answer.curve.length > 1 && (
        <WhatIfCurve
          curve={answer.curve}
          coverage={coverageNow(answer, promise.epochs)}
          {...dragged}
        />
      )}
      <Sides
        n={n}
        sides={[
          { name: 'As it was', side: as_it_was },
          { name: `At ${share(alpha)}`, side: as_if },
        ]}
      />
      {provenWords(answer, promise.epochs).map((words) => (
        <p key={words}>{words}</p>
      ))}
      {days.length > 1 && <DaysPlot days={days} alpha={alpha} />}
      <ul className={css.untold} aria-label="What this cannot tell">
        {untoldWords(answer, promise.epochs).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </>
  );
}

interface SidesProps {
  n: number;
  sides: { name: string; side: PromiseWhatIf['as_if'] }[];
}

function Sides({ n, sides }: SidesProps) {
  const count = (some: number) => Math.round(some).toLocaleString('en-US');
  return (
    <table
      className={`${table.table} ${table.stack}`}
      aria-label="As it was, and as it would have been"
    >
      <thead>
        <tr>
          <th scope="col">Of {count(n)} outputs</th>
          <th scope="col" className={table.figure}>
            Pass
          </th>
          <th scope="col" className={table.figure}>
            People look at
          </th>
          <th scope="col" className={table.figure}>
            Wrong of what passes, with its 95% interval, about
          </th>
        </tr>
      </thead>
      <tbody>
        {sides.map(({ name, side }) => (
          <tr key={name}>
            <td>{name}</td>
            <td className={table.figure} data-label="pass">
              {count(side.passed)} ({share(side.coverage)})
            </td>
            <td className={table.figure} data-label="people look at">
              {count(side.people)} ({share(side.people / n)})
            </td>
            <td className={table.figure} data-label="wrong of what passes">
              {errorsWords(side)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DaysPlot({ days, alpha }: Pick<PromiseWhatIf, 'days' | 'alpha'>) {
  const { x, series, range } = useMemo(() => {
    const drawn: PlotSeries[] = [
      {
        ...{ title: 'Passed as it was', tone: 'muted', kind: 'step' },
        values: days.map(({ passed, n }) => passed / n),
      },
      {
        ...{ title: `Passes at ${share(alpha)}`, tone: 'accent', kind: 'step' },
        values: days.map(({ passed_if, n }) => passed_if / n),
      },
    ];
    // A day of the server stands where the reader's own of that name does.
    const places = days.map(({ day }) => Date.parse(`${day}T00:00`) / 1_000);
    return { x: places, series: drawn, range: timeRange(places, 'day') };
  }, [days, alpha]);
  return (
    <Plot
      label="Share that passes, by day"
      {...{ x, series }}
      time
      x_title="Day (UTC)"
      x_text={momentWords('day')}
      y_title="Share of outputs"
      x_range={range}
      y_text={share}
      y_end={1}
      columns={[{ title: 'Outputs', text: (row) => (days[row]?.n ?? 0).toLocaleString('en-US') }]}
    />
  );
}
