import type { FieldFault } from './refusal.ts';
import { type Risk, risks } from './risk.ts';
import type { ScoredColumns } from './scored-columns.ts';
import { type TierTerms, tierOf } from './tier.ts';

/**
 * The tier of an output in a file, as its gate would find it: what says no risk, cost or group is under
 * the limit of the rest, and what says one that is none would be refused there and is a fault here.
 */
export function tierIn(
  row: Record<string, unknown>,
  { risk, cost, group }: ScoredColumns,
  terms: TierTerms | null,
): string | FieldFault {
  if (!terms) return 'all';
  const said = (column: string | undefined) => {
    const given = column === undefined ? undefined : row[column];
    return given === undefined || given === null || String(given).trim() === ''
      ? undefined
      : String(given).trim();
  };
  const [of_risk, of_cost, of_group] = [said(risk), said(cost), said(group)];
  const level = of_risk?.toLowerCase();
  if (risk !== undefined && level !== undefined && !isRisk(level)) {
    const message = `must be ${risks.join(', ')} or empty, and is ${quoted(of_risk)}`;
    return { field: risk, message };
  }
  const cost_usd = of_cost === undefined ? undefined : Number(of_cost);
  if (cost !== undefined && cost_usd !== undefined && !(cost_usd >= 0 && cost_usd < Infinity)) {
    const message = `must be a number from 0 in US dollars or empty, and is ${quoted(of_cost)}`;
    return { field: cost, message };
  }
  const attribute = terms.certify_by?.attribute;
  const groups =
    attribute === undefined || of_group === undefined ? undefined : { [attribute]: of_group };
  return tierOf(terms, { risk: level as Risk | undefined, cost_usd, groups });
}

const isRisk = (said: string): said is Risk => risks.some((risk) => risk === said);
const quoted = (given: string | undefined) => JSON.stringify(given).slice(0, 60);
