import type { AuditLine, Resolution } from '@wheelhouse/core';
import { effortText } from '../../kit/duration.ts';

type NameOf = (id: string) => string;

/** One thing a line is bound to, as people say it; no text where it can only be drawn. */
export interface Field {
  label: string;
  text: string | null;
}

const kind_words: Record<Resolution['kind'], string> = {
  single: 'one person decided',
  quorum: 'enough people agreed',
  adjudicated: 'the answers differed, so one more person decided',
  expired: 'time ran out',
  corrected: 'a correction of what was decided before',
};

const labels: Record<string, string> = {
  by: 'Decided by',
  to: 'Given to',
  for: 'In place of',
  agreed: 'The AI',
  shown_suggestion: 'Saw the AI’s answer',
  spent_ms: 'Time spent',
};

/** Says a field of a line in words: people by their names, lengths of time with their units. */
export function fieldWords(
  type: AuditLine['type'],
  name: string,
  value: unknown,
  nameOf: NameOf,
): Field {
  const resolved = type === 'case.resolved' || type === 'case.corrected';
  if (resolved && name === 'kind') {
    return { label: 'How', text: kind_words[value as Resolution['kind']] ?? String(value) };
  }
  if (name === 'agreed') return { label: 'The AI', text: agreement(value) };
  return { label: labels[name] ?? spaced(name), text: textOf(name, value, nameOf) };
}

function agreement(agreed: unknown): string {
  if (agreed === true) return 'had said the same';
  return agreed === false ? 'had said something else' : 'cannot be compared';
}

function textOf(name: string, value: unknown, nameOf: NameOf): string | null {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') {
    return name.endsWith('_ms') ? effortText(value) : value.toLocaleString('en-US');
  }
  if (typeof value === 'string') return isSomeone(value) ? nameOf(value) : value;
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) return null;
  return value.map((one) => (isSomeone(one) ? nameOf(one) : one)).join(', ') || 'nobody';
}

const isSomeone = (text: string) => /^(?:mem|key)_[0-9a-z]{26}$/.test(text);

export function spaced(name: string): string {
  const words = name.replaceAll('_', ' ');
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;
}
