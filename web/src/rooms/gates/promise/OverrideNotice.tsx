import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { GateOverride, GatePromise } from '@wheelhouse/core';
import { useState } from 'react';
import { effortText, hoursText, minuteText } from '../../../kit/duration.ts';
import { tellDone, tellFailed } from '../../../kit/tell.ts';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import { mayAs, useMe } from '../../../live/session.ts';
import css from './Override.module.css';
import { overrideTally, overrideWords } from './overrideWords.ts';
import { SignOverride } from './SignOverride.tsx';

/** Before all else of a guaranteed gate: that more passes than is promised, or that what is held rests. */
export function OverrideNotice({ gate }: { gate: string }) {
  const promise = useQuery({
    queryKey: [...keys.gatePromise(gate), 'day'],
    queryFn: ({ signal }) => api.gates.promise(gate, { by: 'day' }, { signal }),
    refetchInterval: 15_000,
  });
  if (!promise.data) return null;
  const { override, score } = promise.data;
  return (
    <>
      {override && <InForce override={override} score={score} />}
      {promise.data.people.rests_until && <HoursSpent promise={promise.data} />}
    </>
  );
}

function InForce({ override, score }: Pick<GatePromise, 'score'> & { override: GateOverride }) {
  const { gate, until } = override;
  const role = useMe().role;
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    try {
      await api.gates.endOverride(gate);
      await cache.invalidateQueries({ queryKey: keys.gatePromise(gate) });
      tellDone('As promised again', 'What is not certified waits for a person.');
    } catch (thrown) {
      tellFailed('Not ended', thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={css.notice} aria-label="Not as promised">
      <p className={css.lead}>Not as promised until {minuteText(until)}</p>
      <p className={css.say}>{overrideWords(override, score)}</p>
      <p className={css.fine}>{overrideTally(override)}</p>
      {mayAs(role, 'lead') && (
        <div>
          <Button variant="default" size="compact-sm" loading={busy} onClick={end}>
            End it now
          </Button>
        </div>
      )}
    </section>
  );
}

/** Today's hours are spent: what waits, and what an admin can do about it. */
function HoursSpent({ promise }: { promise: GatePromise }) {
  const { waiting, hours, decisions, typical_ms, rests_until } = promise.people;
  return (
    <section className={css.notice} data-quiet aria-label="People’s hours">
      <p className={css.lead}>
        The hours of today are spent: {waiting === 0 ? 'nothing' : waiting.toLocaleString('en-US')}{' '}
        {waiting < 2 ? 'waits' : 'wait'} for tomorrow{waiting === 0 && ' yet'}
      </p>
      <p className={css.say}>
        People have {hoursText(hours ?? 0)} a day for this, and made{' '}
        {decisions.toLocaleString('en-US')} {decisions === 1 ? 'decision' : 'decisions'} today. What
        is held is offered to nobody until {minuteText(rests_until as string)}; anybody may still
        open it, deadlines hold, and spot checks go on.
      </p>
      <p className={css.fine}>
        One takes some {effortText(typical_ms)}, measured from opening a case to deciding it, at
        most ten minutes each. A day begins at midnight UTC.
      </p>
      <OverrideOffer promise={promise} />
    </section>
  );
}

/** Where people are short: an admin may let more pass, in their own name. */
export function OverrideOffer({ promise }: { promise: GatePromise }) {
  const may = mayAs(useMe().role, 'admin');
  const [signing, setSigning] = useState(false);
  if (promise.override) return null;
  return (
    <div className={css.offer}>
      <span>
        Being short of people never loosens the promise: what is not certified waits. An admin may
        let more pass for a limited time, by name and for a stated reason.
      </span>
      {may && (
        <Button variant="default" size="compact-sm" onClick={() => setSigning(true)}>
          Let more pass…
        </Button>
      )}
      {signing && <SignOverride promise={promise} onClose={() => setSigning(false)} />}
    </div>
  );
}
