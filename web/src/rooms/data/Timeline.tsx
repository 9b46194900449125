import {
  IconArrowBackUp,
  IconBolt,
  IconCircleDot,
  IconGavel,
  IconHandGrab,
  IconInbox,
  IconMessage2,
  IconPencil,
  IconSend,
  IconStairsUp,
  IconThumbUp,
  IconUpload,
  IconUserCheck,
  IconUserOff,
} from '@tabler/icons-react';
import {
  type Change,
  changes,
  type EventType,
  type Feedback,
  type OutputLife,
  type Resolution,
} from '@wheelhouse/core';
import type { ComponentType } from 'react';
import { DiffPane } from '../../kit/DiffPane.tsx';
import { clockText, effortText, momentText, spanText } from '../../kit/duration.ts';
import { eventWords } from '../../kit/eventWords.ts';
import { JsonTree } from '../../kit/JsonTree.tsx';
import { Marked } from '../../kit/Marked.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { useMe, useNames } from '../../live/session.ts';
import { deliveryWords, type Moment, momentsOf } from './life.ts';
import css from './Timeline.module.css';

type Icon = ComponentType<{ size?: number; stroke?: number }>;
const icons: Partial<Record<EventType, Icon>> = {
  'output.submitted': IconUpload,
  'output.decided': IconSend,
  'output.claimed': IconBolt,
  'output.corrected': IconSend,
  'output.feedback_given': IconThumbUp,
  'case.opened': IconInbox,
  'case.claimed': IconHandGrab,
  'case.answered': IconPencil,
  'case.resolved': IconGavel,
  'case.corrected': IconGavel,
  'case.undone': IconArrowBackUp,
  'case.noted': IconMessage2,
  'case.reminded': IconStairsUp,
  'case.widened': IconStairsUp,
  'case.escalated': IconStairsUp,
  'case.stranded': IconUserOff,
  'case.unstranded': IconUserCheck,
};

/** What happened, oldest first: who, what, when, and what it left. */
export function Timeline({ life }: { life: OutputLife }) {
  return (
    <ol className={css.line}>
      {momentsOf(life).map((moment) => (
        <MomentRow key={moment.event.cursor} moment={moment} life={life} />
      ))}
    </ol>
  );
}

function MomentRow({ moment, life }: { moment: Moment; life: OutputLife }) {
  const { event, resolution, feedback, superseded, deliveries, after_ms } = moment;
  const me = useMe();
  const nameOf = useNames();
  const Icon = icons[event.type] ?? IconCircleDot;
  return (
    <li className={css.moment} data-major={resolution ? true : undefined}>
      <span className={css.dot}>
        <Icon size={14} stroke={1.8} />
      </span>
      <div className={css.body}>
        <p className={css.what}>
          <b>
            <bdi>{event.actor === me.id ? 'You' : event.actor_name}</bdi>
          </b>{' '}
          {eventWords(event, nameOf)}
          <time className={css.at} dateTime={event.at} title={clockText(event.at)}>
            {momentText(event.at)}
            {after_ms >= notable_ms && `, ${spanText(after_ms)} later`}
          </time>
        </p>
        {event.type === 'output.submitted' && <Verdict life={life} />}
        {event.type === 'case.answered' && typeof event.data.spent_ms === 'number' && (
          <p className={css.fine}>
            in {effortText(event.data.spent_ms)}
            {event.data.shown_suggestion ? ', having seen the AI’s answer' : ''}
            {superseded ? '; taken back later' : ''}
          </p>
        )}
        {resolution && <Decision resolution={resolution} superseded={superseded} />}
        {feedback && <Given feedback={feedback} life={life} />}
        {deliveries.length > 0 && <Told deliveries={deliveries} />}
      </div>
    </li>
  );
}

/** A wait worth naming. */
const notable_ms = 5_000;

/** Whoever listens, and how far each was told. */
function Told({ deliveries }: Pick<Moment, 'deliveries'>) {
  return (
    <ul className={css.told}>
      {deliveries.map((delivery) => (
        <li key={delivery.id} data-harm={delivery.state === 'dead' || undefined}>
          {delivery.callback ? 'Callback to ' : 'Webhook to '}
          <RoomLink
            room="/settings"
            rest="/webhooks"
            search={{ state: delivery.state }}
            className={css.link}
          >
            {delivery.host || 'an address that was erased'}
          </RoomLink>
          : {deliveryWords(delivery)}
        </li>
      ))}
    </ul>
  );
}

/** Why the gate said what it said. */
function Verdict({ life: { output } }: { life: OutputLife }) {
  return (
    <p className={css.fine}>
      <RoomLink
        room="/gates"
        rest={`/${output.gate}`}
        search={{ tab: 'versions' }}
        className={css.link}
      >
        Policy version {output.policy_version}
      </RoomLink>
      : {output.reasons.join('; ')}
    </p>
  );
}

function Decision({ resolution, superseded }: { resolution: Resolution; superseded: boolean }) {
  const { diff, reason, agreed, values, outcome, kind } = resolution;
  const answered = outcome === 'answered' && values !== null;
  return (
    <div className={css.left} data-superseded={superseded || undefined}>
      {superseded && <p className={css.fine}>This no longer stands.</p>}
      {kind !== 'single' && <p className={css.fine}>{kinds[kind]}</p>}
      {reason && (
        <p className="own-direction">
          “<Marked text={reason} />”
        </p>
      )}
      {diff.length > 0 && <DiffPane changes={diff as Change[]} label="What the person changed" />}
      {answered && <JsonTree value={values} label="What the person answered" />}
      {agreed !== null && (
        <p className={css.fine}>
          {agreed ? 'The AI had said the same.' : 'The AI had said something else.'}
        </p>
      )}
    </div>
  );
}

const kinds: Record<Resolution['kind'], string> = {
  single: '',
  quorum: 'Enough people agreed.',
  adjudicated: 'The answers differed, so one more person decided.',
  expired: 'Time ran out.',
  corrected: 'A correction of what was decided before.',
};

function Given({
  feedback: { feedback },
  life: { output },
}: {
  feedback: Feedback;
  life: OutputLife;
}) {
  switch (feedback.kind) {
    case 'thumb':
      return (
        <div className={css.left}>
          <p>
            Thumb {feedback.up ? 'up' : 'down'}
            {feedback.comment && (
              <>
                : “<Marked text={feedback.comment} />”
              </>
            )}
          </p>
        </div>
      );
    case 'flag':
      return (
        <div className={css.left}>
          <p className="own-direction">
            Flagged: “<Marked text={feedback.reason} />”
          </p>
        </div>
      );
    case 'correction':
      return (
        <div className={css.left}>
          <DiffPane
            changes={changes(output.content ?? undefined, feedback.content)}
            label="What the correction changes"
          />
          {feedback.comment && (
            <p className="own-direction">
              “<Marked text={feedback.comment} />”
            </p>
          )}
        </div>
      );
    case 'preference':
      return (
        <div className={css.left}>
          <p>
            Preferred over{' '}
            <RoomLink room="/data" rest={`/${feedback.over}`} className={css.link}>
              another output
            </RoomLink>
            {feedback.comment && (
              <>
                : “<Marked text={feedback.comment} />”
              </>
            )}
          </p>
        </div>
      );
    case 'implicit':
      return (
        <div className={css.left}>
          <p>It was {feedback.signal}.</p>
        </div>
      );
  }
}
