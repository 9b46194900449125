import { canonical, type GateDefinition, type Json } from '@wheelhouse/core';
import type { World } from '../world.ts';
import { by, type Evidence } from './evidence.ts';

const same = (a: unknown, b: unknown) =>
  canonical(JSON.parse(JSON.stringify(a ?? null)) as Json) ===
  canonical(JSON.parse(JSON.stringify(b ?? null)) as Json);

/** What was submitted is there once, judged as its gate says, with its case; and nothing else is. */
export function checkSubmissions({ book, people }: World, evidence: Evidence): void {
  const { outputs, cases, events, versions } = evidence;
  const of_marker = by(outputs, ({ metadata }) => String(metadata?.marker));
  const cases_of = by(cases, ({ output_id }) => String(output_id));
  const said_of = by(
    events.filter(({ type }) => type === 'output.submitted'),
    ({ subject }) => subject,
  );
  for (const one of book.submitted) {
    const { marker, gate, body, result, once } = one;
    const rows = of_marker.get(marker) ?? [];
    of_marker.delete(marker);
    if (rows.length > 1 && once) book.fault('O4', `${marker} is in the store ${rows.length} times`);
    const row = result ? rows.find(({ id }) => id === result.id) : rows[0];
    if (!row) {
      if (result) book.fault('X1', `${marker} was acknowledged as ${result.id} and is not there`);
      continue;
    }
    const kept = { verdict: row.verdict, reasons: row.reasons, policy_version: row.policy_version };
    const told = { ...kept, id: row.id, ...(row.case_id ? { case_id: row.case_id } : {}) };
    if (result && !same(result, told)) {
      book.fault(
        'X1',
        `${marker} was acknowledged as ${JSON.stringify(result)}, is ${JSON.stringify(told)}`,
      );
    }
    if (row.gate !== gate || row.created_by !== one.by.id || !same(row.content, body.content)) {
      book.fault('X1', `${marker} is kept as something else: ${JSON.stringify(row)}`);
    }
    const definition = versions.get(`${gate} ${row.policy_version}`);
    const verdict = definition && verdictOf(definition, body);
    if (verdict !== row.verdict) {
      book.fault(
        'G2',
        `${marker} got ${row.verdict} where version ${row.policy_version} says ${verdict}`,
      );
    }
    const opened = cases_of.get(row.id) ?? [];
    const wanted = row.verdict === 'hold' || row.spot_checked ? 1 : 0;
    if (opened.length !== wanted || (wanted && opened[0]?.id !== row.case_id)) {
      book.fault('X1', `${marker} should have ${wanted} cases and has ${opened.length}`);
    }
    const said = said_of.get(row.id)?.length ?? 0;
    if (said !== 1) book.fault('A1', `${marker} is in the record ${said} times`);
  }
  for (const [marker, rows] of of_marker) {
    const own = rows.every(({ workspace_id }) => workspace_id === people.neighbour.workspace_id);
    if (!marker.startsWith('n') || !own) book.fault('S1', `nobody submitted ${marker}`);
  }
}

/** What a gate of these runs says, worked out anew. */
function verdictOf({ policy }: GateDefinition, body: Record<string, Json>): string {
  const confidence = body.confidence as number | undefined;
  const action = body.action as { arguments: { amount?: number } } | undefined;
  switch (policy.mode) {
    case 'never':
      return 'pass';
    case 'threshold':
      return confidence === undefined || confidence < policy.threshold ? 'hold' : 'pass';
    case 'rules': {
      const amount = action?.arguments.amount;
      if (amount !== undefined && amount > 500) return 'hold';
      return amount === undefined && policy.otherwise !== 'block' ? 'hold' : policy.otherwise;
    }
    default:
      return 'hold';
  }
}
