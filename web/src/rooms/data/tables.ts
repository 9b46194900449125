import type { Output } from '@wheelhouse/core';
import { type Cell, csvLine } from '../../kit/csv.ts';

const columns: [string, (output: Output) => Cell][] = [
  ['id', ({ id }) => id],
  ['created_at', ({ created_at }) => created_at],
  ['gate', ({ gate }) => gate],
  ['policy_version', ({ policy_version }) => policy_version],
  ['verdict', ({ verdict }) => verdict],
  ['reasons', ({ reasons }) => reasons.join('; ')],
  ['outcome', ({ outcome }) => outcome?.status ?? 'undecided'],
  ['decided_at', ({ outcome }) => outcome?.at ?? null],
  ['decided_by', ({ outcome }) => outcome?.by ?? null],
  ['confidence', ({ confidence }) => confidence],
  ['model', ({ model }) => model],
  ['model_version', ({ model_version }) => model_version],
  ['risk', ({ risk }) => risk],
  ['cost_usd', ({ cost_usd }) => cost_usd],
  ['spot_checked', ({ spot_checked }) => spot_checked],
  ['spot_check_probability', ({ spot_check_probability }) => spot_check_probability],
  ['case_id', ({ case_id }) => case_id],
  ['input', ({ input }) => written(input)],
  ['content', ({ content }) => written(content)],
  ['action', ({ action }) => written(action)],
  ['outcome_action', ({ outcome }) => written(outcome?.action)],
  ['outcome_content', ({ outcome }) => written(outcome?.content)],
  ['outcome_values', ({ outcome }) => written(outcome?.values)],
];

const written = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);

export const csvHead = (): string => csvLine(columns.map(([name]) => name));

export const csvRows = (outputs: readonly Output[]): string =>
  outputs.map((output) => csvLine(columns.map(([, read]) => read(output)))).join('');

export const jsonRows = (outputs: readonly Output[]): string =>
  outputs.map((output) => `${JSON.stringify(output)}\n`).join('');
