import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Output } from '@wheelhouse/core';
import { Ago } from '../../kit/Ago.tsx';
import { confidenceText } from '../../kit/figures.tsx';
import table from '../../kit/table.module.css';
import { useKeys } from '../../kit/useKeys.ts';
import { useRowKeys } from '../../kit/useRowKeys.ts';
import { OutcomeMark, VerdictMark } from '../../kit/VerdictMark.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { sentenceOf } from '../../live/problem.ts';
import { contentText } from './contentText.ts';
import css from './OutputTable.module.css';
import type { useOutputs } from './useOutputs.ts';

export function OutputTable({ outputs }: { outputs: ReturnType<typeof useOutputs> }) {
  const box = useRowKeys<HTMLTableSectionElement>('Data');
  const gates = useQuery({ queryKey: keys.gates, queryFn: api.gates.list });
  const titles = new Map(gates.data?.rows.map(({ name, title }) => [name, title]));
  const { rows, has_more, more, loading_more, newer, startOver, refused } = outputs;
  useKeys([
    { key: 'm', label: 'Load more', group: 'Data', off: !has_more || loading_more, run: more },
  ]);
  return (
    <>
      {newer && (
        <div className={css.newer} role="status">
          Newer outputs have come.
          <Button size="compact-sm" variant="subtle" onClick={startOver}>
            Show them
          </Button>
        </div>
      )}
      <div className={table.scroll}>
        <table className={`${table.table} ${table.stack} ${css.table}`} aria-label="Outputs">
          <thead>
            <tr>
              <th>Output</th>
              <th>Verdict</th>
              <th>Outcome</th>
              <th className={table.figure}>Confidence</th>
              <th>Gate</th>
              <th className={table.figure}>When</th>
            </tr>
          </thead>
          <tbody ref={box}>
            {rows.map((output) => (
              <OutputRow
                key={output.id}
                output={output}
                gate_title={titles.get(output.gate) ?? output.gate}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className={table.more}>
        {refused && <span role="alert">{sentenceOf(refused)}</span>}
        <span>{rows.length.toLocaleString('en-US')} shown</span>
        {has_more ? (
          <Button variant="default" size="compact-sm" loading={loading_more} onClick={more}>
            Load more
          </Button>
        ) : (
          <span>That is all.</span>
        )}
      </div>
    </>
  );
}

function OutputRow({ output, gate_title }: { output: Output; gate_title: string }) {
  const said = contentText(output);
  const { id, verdict, outcome, confidence, created_at, reasons, spot_checked } = output;
  return (
    <tr>
      <td className={css.output}>
        <Link
          to="/data/{-$output_id}"
          params={{ output_id: id }}
          className={`${table.open} ${css.title}`}
          data-row
        >
          <bdi>{output.title}</bdi>
        </Link>
        <span className={css.why}>
          {said && (
            <>
              <span className={css.said}>AI:</span> <bdi className={css.content}>{said}</bdi>
              {' · '}
            </>
          )}
          {spot_checked && <b>Spot check. </b>}
          {reasons.join('; ')}
        </span>
      </td>
      <td className={table.tight}>
        <VerdictMark verdict={verdict} />
      </td>
      <td className={table.tight}>
        <OutcomeMark status={outcome?.status ?? null} />
      </td>
      <td
        className={`${table.figure} ${table.tight}`}
        data-label={confidence === null ? undefined : 'sure'}
      >
        {confidence === null ? (
          <span className={table.quiet} title="No confidence given, or hidden while people decide">
            –
          </span>
        ) : (
          confidenceText(confidence)
        )}
      </td>
      <td className={css.gate}>
        <bdi className="one-line">{gate_title}</bdi>
      </td>
      <td className={`${table.figure} ${table.tight} ${table.quiet}`}>
        <Ago at={created_at} short />
      </td>
    </tr>
  );
}
