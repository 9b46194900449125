import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { GatePromise } from '@wheelhouse/core';
import { useState } from 'react';
import { Ago } from '../../../kit/Ago.tsx';
import { FourFaces } from '../../../kit/faces.tsx';
import { happenedWords } from '../../../kit/happenedWords.ts';
import { Panel } from '../../../kit/Panel.tsx';
import { countsOf, stateTold } from '../../../kit/partWords.ts';
import { promiseWords } from '../../../kit/policyWords.ts';
import { RoomLink } from '../../../kit/RoomLink.tsx';
import { ScrollRegion } from '../../../kit/ScrollRegion.tsx';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import { CalibrationPanel } from './CalibrationPanel.tsx';
import { ChecksPanel } from './ChecksPanel.tsx';
import { GroupsPanel } from './GroupsPanel.tsx';
import { HistoryPlots } from './HistoryPlots.tsx';
import { OverrideOffer } from './OverrideNotice.tsx';
import css from './Promise.module.css';
import { PromiseTiers } from './PromiseTiers.tsx';
import { isUnwatched, restsWords, standsWords, stateSentence } from './promiseText.ts';
import { QualityPanel } from './QualityPanel.tsx';
import { ReportPanel } from './ReportPanel.tsx';
import { type Step, StepControl } from './StepControl.tsx';
import { WhatIf } from './WhatIf.tsx';

/** Of a guaranteed gate: what it promises, where that stands, and the evidence. */
export function PromiseTab({ gate, title }: { gate: string; title: string }) {
  const [by, setBy] = useState<Step>('day');
  const promise = useQuery({
    queryKey: [...keys.gatePromise(gate), by],
    queryFn: ({ signal }) => api.gates.promise(gate, { by }, { signal }),
    placeholderData: (before) => before,
    refetchInterval: 15_000,
  });
  return (
    <FourFaces of={promise} skeleton={<Skeleton height={360} />}>
      {(found) => (
        <div className={css.page}>
          <Standing promise={found} />
          {!found.people.rests_until && <OverrideOffer promise={found} />}
          <PromiseTiers promise={found} />
          <QualityPanel promise={found} />
          <CalibrationPanel promise={found} />
          {found.epochs.length > 0 ? (
            <Panel
              title="What came, over time"
              aside={<StepControl label="Step" by={by} onBy={setBy} />}
            >
              <HistoryPlots promise={found} />
            </Panel>
          ) : (
            <FirstSteps gate={gate} />
          )}
          <ChecksPanel promise={found} by={by} onBy={setBy} />
          <GroupsPanel promise={found} />
          <WhatIf promise={found} />
          <Happened promise={found} />
          <ReportPanel promise={found} title={title} />
        </div>
      )}
    </FourFaces>
  );
}

function Standing({ promise }: { promise: GatePromise }) {
  const { label_noise, bound } = promise;
  const found = countsOf(promise);
  return (
    <section
      className={css.standing}
      data-state={stateTold(found)}
      data-unwatched={isUnwatched(promise) || undefined}
      data-overridden={promise.override !== null || undefined}
      aria-label="The promise"
    >
      <p className={css.state}>{standsWords(promise)}</p>
      <p className={css.sentence}>{promiseWords(promise)}.</p>
      <p className={css.now}>{stateSentence(promise)}</p>
      {label_noise > 0 && (
        <p className={css.now}>
          People may judge {`${label_noise * 100}%`} wrongly, so that in truth at most{' '}
          {`${Number((bound * 100).toPrecision(3))}%`} is.
        </p>
      )}
      <details className={css.fine}>
        <summary>What it rests on, and what it does not say</summary>
        <ul>
          {restsWords(promise).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </section>
  );
}

/** Of a promise that nothing came under yet: what to do now. */
function FirstSteps({ gate }: { gate: string }) {
  const tab = (tab: string) => ({ room: '/gates', rest: `/${gate}`, search: { tab } });
  return (
    <Panel title="To begin">
      <ul className={css.steps}>
        <li>
          <RoomLink {...tab('plan')}>Plan it with outputs of the past</RoomLink>: how much would
          pass, how many people it takes, and how the first weeks would go.
        </li>
        <li>
          Send it outputs, each with a confidence, and with the version of what made it. The{' '}
          <RoomLink {...tab('policy')}>policy</RoomLink> says how many decisions the proof takes.
        </li>
      </ul>
    </Panel>
  );
}

function Happened({ promise: { events } }: { promise: GatePromise }) {
  if (!events.length) return null;
  return (
    <Panel title="What happened to it" flush>
      <ScrollRegion label="What happened, newest first" className={css.scrolled}>
        <ol className={css.events}>
          {events.map((event) => (
            <li key={`${event.at} ${event.type}`} data-type={event.type}>
              <span>{happenedWords(event) ?? event.type}</span>
              <span className={css.when}>
                <Ago at={event.at} />
              </span>
            </li>
          ))}
        </ol>
      </ScrollRegion>
    </Panel>
  );
}
