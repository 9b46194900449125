import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { GatePromise, PromiseQuality } from '@wheelhouse/core';
import { useState } from 'react';
import { FourFaces } from '../../../kit/faces.tsx';
import { Panel } from '../../../kit/Panel.tsx';
import table from '../../../kit/table.module.css';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import css from './Quality.module.css';
import { groundWords, rightWords, worthWords } from './qualityWords.ts';

const day_ms = 86_400_000;
const anew_ms = 60_000;

/** How often the AI was right in the last days: an estimate, which nothing is certified by. */
export function QualityPanel({ promise: { gate, epochs } }: { promise: GatePromise }) {
  const [days, setDays] = useState('30');
  const found = useQuery({
    queryKey: [...keys.gatePromise(gate), 'quality', days],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - (Number(days) - 1) * day_ms).toISOString();
      return api.gates.quality(gate, { from }, { signal });
    },
    placeholderData: (before) => before,
    refetchInterval: anew_ms,
  });
  if (!epochs.length) return null;
  return (
    <Panel
      title="How often the AI is right"
      say="An estimate to look at: what the scores predict of all outputs, put right by what people judged. No certificate is made of it, and none is broken by it."
      aside={
        <SegmentedControl
          size="xs"
          aria-label="Time of the estimate"
          value={days}
          onChange={setDays}
          data={['7', '30', '90'].map((value) => ({ value, label: `${value} days` }))}
        />
      }
    >
      <FourFaces of={found} skeleton={<Skeleton height={140} />}>
        {(quality) => <Estimates quality={quality} />}
      </FourFaces>
    </Panel>
  );
}

function Estimates({ quality }: { quality: PromiseQuality }) {
  const { passed, all } = quality;
  if (all.n === 0) return <p className={css.quiet}>Nothing came in this time.</p>;
  const lines = [
    { name: 'What passed', side: passed },
    { name: 'Everything, held or passed', side: all },
  ];
  return (
    <div className={css.page}>
      <table className={`${table.table} ${table.stack}`} aria-label="How often the AI is right">
        <thead>
          <tr>
            <th scope="col">Of</th>
            <th scope="col" className={table.figure}>
              Outputs
            </th>
            <th scope="col" className={table.figure}>
              Right, with its 95% interval, about
            </th>
            <th scope="col" className={table.figure}>
              By judgements alone
            </th>
            <th scope="col" className={table.figure}>
              Scores are worth
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, side }) => (
            <tr key={name}>
              <td>{name}</td>
              <td className={table.figure} data-label="outputs">
                {side.n.toLocaleString('en-US')}
              </td>
              <td
                className={`${table.figure} ${css.told}`}
                data-label="right, with its 95% interval, about"
              >
                {side.n ? rightWords(side.told) : 'nothing passed'}
              </td>
              <td className={`${table.figure} ${table.quiet}`} data-label="by judgements alone">
                {side.plain ? rightWords(side.plain) : '–'}
              </td>
              <td
                className={`${table.figure} ${table.quiet}`}
                data-label="is what scores are worth"
              >
                {worthWords(side) || '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css.quiet}>{groundWords(quality).join(' ')}</p>
    </div>
  );
}
