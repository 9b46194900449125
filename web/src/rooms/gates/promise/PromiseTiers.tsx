import {
  type GatePromise,
  type PromiseEpoch,
  type PromiseTier,
  rangeWords,
  shareIn,
} from '@wheelhouse/core';
import { anytimeBounds } from '@wheelhouse/core/learn';
import { Ago } from '../../../kit/Ago.tsx';
import { Panel } from '../../../kit/Panel.tsx';
import { epochTitle } from '../../../kit/partWords.ts';
import { share, tierWords } from '../../../kit/promiseWords.ts';
import { RoomLink } from '../../../kit/RoomLink.tsx';
import { ScrollRegion } from '../../../kit/ScrollRegion.tsx';
import { trafficWords } from '../../../kit/warningWords.ts';
import { agreementWords } from './agreementWords.ts';
import { EvidencePlot } from './EvidencePlot.tsx';
import css from './Promise.module.css';
import {
  endedWords,
  leftOutWords,
  overrideOf,
  standingWords,
  tierHeadWords,
  unwatchedWords,
} from './promiseText.ts';

/** Each version of the AI that is in use, and where its promise stands. */
export function PromiseTiers({ promise }: { promise: GatePromise }) {
  const open = promise.epochs.filter(({ ended_at }) => ended_at === null);
  const ended = promise.epochs.filter(({ ended_at }) => ended_at !== null);
  return (
    <>
      {open.map((epoch) => (
        <EpochPanel key={epoch.id} epoch={epoch} promise={promise} />
      ))}
      {promise.left_out > 0 && <p className={css.score}>{leftOutWords(promise)}</p>}
      {ended.length > 0 && (
        <Panel title="Earlier versions" flush>
          <ScrollRegion label="Earlier versions, newest first" className={css.scrolled}>
            <ol className={css.events}>
              {ended.map((epoch) => (
                <li key={epoch.id}>
                  <span>
                    {epochTitle(epoch)}
                    {epoch.why_ended && ` · ${endedWords(epoch)}`}
                  </span>
                  <span className={css.when}>
                    <Ago at={epoch.ended_at as string} />
                  </span>
                </li>
              ))}
            </ol>
          </ScrollRegion>
        </Panel>
      )}
    </>
  );
}

function EpochPanel({ epoch, promise }: { epoch: PromiseEpoch; promise: GatePromise }) {
  const one = epoch.tiers.length === 1;
  const learned = epoch.agreement !== null;
  return (
    <Panel title={epochTitle(epoch)} aside={<Ago at={epoch.began_at} />}>
      {promise.score === 'agreement' && (
        <p className={css.score}>{agreementWords(epoch.agreement)}</p>
      )}
      {epoch.tiers.map((tier) => (
        <section key={tier.tier} className={css.tier} aria-label={tierWords(tier.tier)}>
          {!one && (
            <h3 className={css.name}>
              {tierWords(tier.tier)}, at most {share(tier.alpha)} wrong
            </h3>
          )}
          <p className={css.tier_state} data-state={tier.state}>
            <b>{tierHeadWords(tier, overrideOf(promise, epoch))}.</b>{' '}
            {standingWords(tier, overrideOf(promise, epoch), learned)}
          </p>
          <Progress tier={tier} />
          {tier.alarm_case_id && (
            <p className={css.now}>
              The alarm persists, and{' '}
              <RoomLink room="/desk" rest={`/${tier.alarm_case_id}`}>
                people are asked what to do
              </RoomLink>
              .
            </p>
          )}
          <Watching tier={tier} />
          <Traffic words={trafficWords(tier, promise.spot_check)} />
          <Checks tier={tier} usual={promise.spot_check} />
          {tier.evidence.length > 1 && <EvidencePlot tier={tier} epoch={epoch} />}
        </section>
      ))}
    </Panel>
  );
}

/** Where nobody judges the spot checks of what passes, and what can be done. */
function Watching({ tier }: { tier: PromiseTier }) {
  if (!tier.unwatched) return null;
  const { case_id } = tier.unwatched;
  return (
    <p className={css.now}>
      {unwatchedWords(tier)}{' '}
      <RoomLink room="/desk" search={{ view: 'spot_checks' }}>
        Judge them
      </RoomLink>
      .{' '}
      {case_id && (
        <>
          <RoomLink room="/desk" rest={`/${case_id}`}>
            A lead is asked who judges them
          </RoomLink>
          .
        </>
      )}
    </p>
  );
}

const Traffic = ({ words }: { words: string }) => words && <p className={css.now}>{words}</p>;

/** How far it is proven, while it is not. */
function Progress({ tier: { state, labelled, needed, unlikely } }: { tier: PromiseTier }) {
  if (state === 'certified' || needed === 0 || unlikely) return null;
  return (
    <progress
      className={css.progress}
      aria-label="Decisions on the way to the proof"
      value={labelled}
      max={labelled + needed}
    />
  );
}

/** Spot checks of what passed, with an interval that may be looked at after each. */
function Checks({ tier, usual }: { tier: PromiseTier; usual: number }) {
  const { checks, alpha, spot_check } = tier;
  const { n, wrong } = checks;
  if (n === 0) return null;
  const [low, high] = anytimeBounds(wrong, n);
  const over = low > alpha;
  return (
    <div className={css.checks}>
      <p>
        {n.toLocaleString('en-US')} spot {n === 1 ? 'check' : 'checks'} of what passed (
        {share(spot_check)} is looked at{spot_check > usual ? `, until it is calm again` : ''}):{' '}
        {wrong.toLocaleString('en-US')} wrong, which is <b>{shareIn(wrong / n, { low, high })}</b>,
        and {rangeWords({ low, high })} with 95% confidence at every look, against at most{' '}
        {share(alpha)}.
      </p>
      <svg
        className={css.scale}
        viewBox="0 0 100 10"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${rangeWords({ low, high })}, promised at most ${share(alpha)}`}
        data-over={over || undefined}
      >
        <rect className={css.ground} x="0" y="4" width="100" height="2" />
        <rect
          className={css.range}
          x={at(low, alpha)}
          y="2"
          width={Math.max(0.5, at(high, alpha) - at(low, alpha))}
          height="6"
        />
        <rect className={css.seen} x={at(wrong / n, alpha)} y="0" width="0.6" height="10" />
        <rect className={css.limit} x={at(alpha, alpha)} y="0" width="0.6" height="10" />
      </svg>
    </div>
  );
}
/** Four times what is promised is the whole width. */
const at = (rate: number, alpha: number) => Math.min(99.4, (rate / (4 * alpha)) * 100);
