import { IconAlertTriangle, IconClockX, IconShieldCheck } from '@tabler/icons-react';
import type { AuditVerification } from '@wheelhouse/core';
import { clockText } from '../../kit/duration.ts';
import css from './Verification.module.css';
import { faultSentence, findingOf } from './words.ts';

const icons = { sound: IconShieldCheck, unfinished: IconClockX, faulty: IconAlertTriangle };

/** What the last verification found, no better than it is. */
export function Verification({ found }: { found: AuditVerification }) {
  const { state, title, say, means } = findingOf(found);
  const Icon = icons[state];
  return (
    <section className={css.box} data-state={state} aria-label="Verification">
      <div className={css.head}>
        <Icon size={20} stroke={1.6} aria-hidden="true" />
        <div>
          <h2 className={css.title}>{title}</h2>
          <p className={css.means}>{means}</p>
          <p className={css.say}>
            {say} Checked at {clockText(found.checked_at)}.
          </p>
        </div>
      </div>
      {found.faults.length > 0 && (
        <ul className={css.faults}>
          {found.faults.map((fault) => (
            <li key={`${fault.kind} ${fault.leaf} ${fault.fault}`}>{faultSentence(fault)}</li>
          ))}
        </ul>
      )}
      {found.root && (
        <p className={css.root}>
          Its fingerprint, to compare with a checkpoint of the same size: <code>{found.root}</code>
        </p>
      )}
    </section>
  );
}
