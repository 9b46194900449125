import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Gate } from '@wheelhouse/core';
import { ActButton } from '../../kit/ActButton.tsx';
import { Empty, FourFaces } from '../../kit/faces.tsx';
import { isKnown, Num, Share } from '../../kit/figures.tsx';
import { PageHeader } from '../../kit/PageHeader.tsx';
import { PromiseMark } from '../../kit/PromiseMark.tsx';
import { gateSentence } from '../../kit/policyWords.ts';
import table from '../../kit/table.module.css';
import { useKeys } from '../../kit/useKeys.ts';
import { useRowKeys } from '../../kit/useRowKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { mayAs, useMe } from '../../live/session.ts';
import { new_gate } from './address.ts';
import css from './GateList.module.css';
import { type GateFigures, useGateFigures } from './useGateFigures.ts';

/** Every gate: what it does, and what it did in the last 24 hours. */
export function GateList() {
  const navigate = useNavigate();
  const gates = useQuery({ queryKey: keys.gates, queryFn: api.gates.list });
  const figures = useGateFigures();
  const may = mayAs(useMe().role, 'builder');
  const make = () => void navigate({ to: `/gates/${new_gate}` });
  useKeys([{ key: 'n', label: 'New gate', group: 'Gates', off: !may, run: make }]);
  const button = may && (
    <ActButton act_key="n" variant="filled" onClick={make}>
      New gate
    </ActButton>
  );
  return (
    <>
      <PageHeader
        title="Gates"
        say="Where what an AI proposes is judged; figures of the last 24 hours"
      >
        {button}
      </PageHeader>
      <FourFaces
        of={gates}
        skeleton={<ListSkeleton />}
        empty={({ rows }) =>
          !rows.length && (
            <Empty title="No gate stands here yet" action={button}>
              A gate judges what an AI proposes: it lets pass what it trusts and holds the rest for
              a person. {may ? 'Make one, then send it outputs.' : 'A builder can make one.'}
            </Empty>
          )
        }
      >
        {({ rows }) => <Rows rows={rows} figures={figures.of} />}
      </FourFaces>
    </>
  );
}

interface RowsProps {
  rows: readonly Gate[];
  figures: ReadonlyMap<string, GateFigures>;
}

function Rows({ rows, figures }: RowsProps) {
  const box = useRowKeys<HTMLTableSectionElement>('Gates');
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${table.stack} ${css.table}`} aria-label="Gates">
        <thead>
          <tr>
            <th>Gate</th>
            <th className={table.figure}>Passed</th>
            <th className={table.figure}>Held</th>
            <th className={table.figure}>Blocked</th>
            <th className={table.figure}>Waiting</th>
            <th>People agree</th>
          </tr>
        </thead>
        <tbody ref={box}>
          {rows.map((gate) => {
            const of = figures.get(gate.name);
            return (
              <tr key={gate.name}>
                <td className={css.gate}>
                  <Link
                    to="/gates/{-$gate}"
                    params={{ gate: gate.name }}
                    className={`${table.open} ${css.title}`}
                    data-row
                  >
                    <bdi>{gate.title}</bdi>
                  </Link>
                  <span className={css.what}>
                    {of?.promise_parts && (
                      <>
                        <PromiseMark parts={of.promise_parts} />.{' '}
                      </>
                    )}
                    {gateSentence(gate)}
                  </span>
                </td>
                {(['passed', 'held', 'blocked'] as const).map((name) => (
                  <td key={name} className={table.figure} data-label={name}>
                    <Num of={of?.[name]} />
                  </td>
                ))}
                <td
                  className={table.figure}
                  data-label="waiting"
                  data-waiting={(of?.waiting ?? 0) > 0 || undefined}
                >
                  <Num of={of?.waiting} />
                </td>
                <td
                  className={css.agree}
                  data-label={of && !isKnown(of.agreement) ? undefined : 'agree'}
                >
                  <Share of={of?.agreement} what="decisions" />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function ListSkeleton() {
  return (
    <div className={css.skeleton}>
      {['one', 'two', 'three', 'four'].map((name) => (
        <Skeleton key={name} height={44} />
      ))}
    </div>
  );
}
