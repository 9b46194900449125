import type {
  AuditFault,
  AuditLine,
  AuditVerification,
  EventType,
  OutputLife,
  Resolution,
} from '@wheelhouse/core';
import { eventWords } from '../../kit/eventWords.ts';
import { happenedWords } from '../../kit/happenedWords.ts';
import { spaced } from './fieldWords.ts';

type Said = Pick<AuditLine, 'actor_name' | 'type' | 'data' | 'subject'>;

/** A line as a sentence: who did what, or which gate's promise came to what. */
export function lineSentence(line: Said, nameOf?: (id: string) => string): string {
  const happened = happenedWords(line, line.actor_name);
  if (happened) return `“${line.subject}”: ${begun(happened, line.actor_name)}`;
  const words = eventWords(line, nameOf);
  const { gate } = line.data;
  // Beside its case "it" is clear; in the record the line stands alone.
  const what = typeof gate === 'string' && gate ? `a case of “${gate}”` : 'a case';
  const told = line.type === 'case.resolved' ? words.replace(/\bit\b/, what) : words;
  return `${line.actor_name} ${told}`;
}

/** A sentence that goes on within another; a name stays as it is. */
const begun = (sentence: string, name: string): string =>
  sentence.startsWith(name) ? sentence : `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;

/** A type of event as a choice in a list: "Case: answered". */
export function typeWords(type: EventType): string {
  const [noun = '', verb = ''] = type.split('.');
  return `${noun[0]?.toUpperCase()}${noun.slice(1)}: ${verb.replaceAll('_', ' ')}`;
}

const fault_words: Record<AuditFault['kind'], string> = {
  altered: 'was changed after it was sealed',
  removed: 'was taken out of the record',
  inserted: 'was put into the record afterwards',
  reordered: 'does not stand where it was sealed',
  truncated: 'is where the record was cut short',
  forged: 'is covered by a signature that is not this server’s',
  unreadable: 'cannot be read',
};
const whole_words: Record<AuditFault['kind'], string> = {
  altered: 'The record was changed after it was sealed',
  removed: 'Something was taken out of the record',
  inserted: 'Something was put into the record afterwards',
  reordered: 'The record does not stand in the order it was sealed in',
  truncated: 'The record was cut short',
  forged: 'A signature or root is not the one this server made',
  unreadable: 'Part of the record cannot be read',
};

/** A fault in words, then what the server saw. */
export const faultSentence = ({ kind, leaf, fault }: AuditFault): string =>
  `${leaf === null ? whole_words[kind] : `Leaf ${count(leaf)} ${fault_words[kind]}`}: ${fault}`;

const count = (number: number) => number.toLocaleString('en-US');
const events = (number: number) => `${count(number)} ${number === 1 ? 'event' : 'events'}`;

export interface Finding {
  state: 'sound' | 'unfinished' | 'faulty';
  title: string;
  say: string;
  /** For whoever answers for it: what may be concluded, and what to do. */
  means: string;
}

/** What a verification found. It is called sound only when every sealed event was checked: one that
 *  ran out of time has found nothing, which is less. */
export function findingOf(found: AuditVerification): Finding {
  const { ok, complete, checked, sealed, size, faults } = found;
  const waiting = Math.max(0, size - sealed);
  const rest = waiting ? ` ${events(waiting)} not sealed yet and not checked.` : '';
  const of_all = `Checked ${count(checked)} of ${events(sealed)} sealed.${rest}`;
  if (faults.length || (complete && !ok)) {
    const least = faults.length >= most_faults ? 'At least ' : '';
    const number = `${least}${count(faults.length)} ${faults.length === 1 ? 'fault' : 'faults'}`;
    const title = faults.length ? `${number} found` : 'The record did not pass';
    const stopped = complete ? '' : ' Time ran out before the end, so there may be more.';
    return { state: 'faulty', title, say: `${of_all}${stopped}`, means: meanings.faulty };
  }
  if (!complete) {
    return {
      state: 'unfinished',
      title: 'Not finished: time ran out',
      say: `${of_all} No fault so far, which says nothing of the rest. Export the record and check it outside, where no time runs out.`,
      means: meanings.unfinished,
    };
  }
  return {
    state: 'sound',
    title: 'Complete, and no fault found',
    say: of_all,
    means: meanings.sound,
  };
}

const meanings: Record<Finding['state'], string> = {
  sound:
    'Nothing that was sealed has been changed, removed, moved or slipped in since. To know that of whoever runs this server too, compare it with a checkpoint that you keep elsewhere.',
  unfinished: 'Nothing can be concluded yet.',
  faulty:
    'The record cannot be relied on where a fault is named. Export it now, keep your newest checkpoint, and find out who had access to the database; a backup from before shows what stood there.',
};

/** The server names no more than this many. */
const most_faults = 100;

/** Where a line leads: to the case or output it is about, and to those it names. */
export interface Lead {
  room: '/desk' | '/data' | '/gates';
  rest: string;
  words: string;
}

export function leadsOf({ type, subject, data }: Pick<AuditLine, 'type' | 'subject' | 'data'>) {
  const leads = new Map<string, Lead>();
  const texts = [subject, ...Object.values(data)].filter((value) => typeof value === 'string');
  for (const id of texts) {
    if (/^case_[0-9a-z]{26}$/.test(id)) {
      leads.set(id, { room: '/desk', rest: `/${id}`, words: 'Open the case' });
    }
    if (/^out_[0-9a-z]{26}$/.test(id)) {
      leads.set(id, { room: '/data', rest: `/${id}`, words: 'Open the output' });
    }
  }
  const gate = type === 'gate.changed' ? subject : data.gate;
  if (typeof gate === 'string' && gate) {
    leads.set(gate, {
      room: '/gates',
      rest: `/${encodeURIComponent(gate)}`,
      words: `Open the gate “${gate}”`,
    });
  }
  return [...leads.values()];
}

export interface Facts {
  policy_version: number | null;
  /** Salted digests, by what they are of. */
  digests: [string, string][];
  rest: [string, unknown][];
}

const digest_names: Record<string, string> = {
  evidence: 'Digest of what was seen and said',
  action_evidence: 'Digest of the exact action',
};
const digest_form = /^(?:sha256[:-])?[0-9a-f]{64}$/;

/** Sorts what a line is bound to into what a reader asks for. */
export function factsOf({ data }: Pick<AuditLine, 'data'>): Facts {
  const { policy_version, ...others } = data;
  const entries = Object.entries(others) as [string, unknown][];
  const isDigest = ([name, value]: [string, unknown]) =>
    typeof value === 'string' && (Object.hasOwn(digest_names, name) || digest_form.test(value));
  return {
    policy_version: typeof policy_version === 'number' ? policy_version : null,
    digests: entries
      .filter(isDigest)
      .map(([name, value]) => [digest_names[name] ?? `Digest: ${spaced(name)}`, String(value)]),
    rest: entries.filter((entry) => !isDigest(entry)),
  };
}

/** The hash of the very bytes that a decision let run, where it did and they are known. */
export function approvedHash(
  { output, resolutions }: Pick<OutputLife, 'output' | 'resolutions'>,
  { id, outcome }: Pick<Resolution, 'id' | 'outcome'>,
): string | null {
  if (outcome === 'approved') return output.action_hash;
  // An edit's bytes stand with the outcome, which is that of the newest decision.
  const stands = outcome === 'edited' && resolutions.at(-1)?.id === id;
  return stands ? (output.outcome?.action_hash ?? null) : null;
}
