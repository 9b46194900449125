import type { Gate } from '@wheelhouse/core';
import { Ago } from '../../kit/Ago.tsx';
import { Num, Share } from '../../kit/figures.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import type { GateVersion } from '../../live/api.ts';
import css from './GatePage.module.css';
import { makerOf } from './maker.ts';
import { useGateFigures } from './useGateFigures.ts';

/** What the gate did in the last 24 hours; each figure opens its rows. */
export function GateFiguresRow({ gate, newest }: { gate: Gate; newest: GateVersion }) {
  const { of, since } = useGateFigures();
  const figures = of.get(gate.name);
  const portions = [
    { name: 'Passed', count: figures?.passed, verdict: 'pass' },
    { name: 'Held', count: figures?.held, verdict: 'hold' },
    { name: 'Blocked', count: figures?.blocked, verdict: 'block' },
  ];
  return (
    <dl className={css.figures} aria-label="The last 24 hours">
      <div className={css.span} aria-hidden="true">
        <dt>Last</dt>
        <dd>24 h</dd>
      </div>
      {portions.map(({ name, count, verdict }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <RoomLink
              room="/data"
              search={{ gate: gate.name, verdict, ...(since ? { since } : {}) }}
              className={css.figure}
            >
              <Num of={count} />
            </RoomLink>
          </dd>
        </div>
      ))}
      <div data-waiting={(figures?.waiting ?? 0) > 0 || undefined}>
        <dt>Waiting now</dt>
        <dd>
          <RoomLink room="/desk" search={{ queue: gate.queue }} className={css.figure}>
            <Num of={figures?.waiting} />
          </RoomLink>
        </dd>
      </div>
      <div className={css.agree}>
        <dt>People agree with the AI</dt>
        <dd>
          <Share of={figures?.agreement} what="decisions" />
        </dd>
      </div>
      <div className={css.version}>
        <dt>Version {gate.policy_version}</dt>
        <dd>
          <bdi>{makerOf(newest)}</bdi>, <Ago at={newest.created_at} />
        </dd>
      </div>
    </dl>
  );
}
