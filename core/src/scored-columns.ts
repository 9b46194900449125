import type { FieldFault } from './refusal.ts';
import type { TierTerms } from './tier.ts';

/** What a column of a file of scored outputs can be. */
export const scored_roles = [
  ...(['score', 'label', 'predicted', 'group', 'model_version', 'risk', 'cost'] as const),
] as const;
export type ScoredRole = (typeof scored_roles)[number];

/** Columns by their role. With `predicted`, an output is right where it equals `label`. */
export interface ScoredColumns extends Partial<Record<ScoredRole, string>> {
  score: string;
  label: string;
}

/** Columns that somebody chose by hand; null where none is to be taken, whatever its name. */
export type WantedColumns = Partial<Record<ScoredRole, string | null>>;

/** Names that say their role, likelier ones first; compared in lower case, without separators. */
const names: Record<ScoredRole, readonly string[]> = {
  score: ['score', 'confidence', 'probability', 'prob', 'maxprob', 'certainty', 'p'],
  label: [
    ...['correct', 'iscorrect', 'right', 'wrong', 'iswrong', 'loss', 'error', 'iserror', 'verdict'],
    ...['outcome', 'judgement', 'label', 'truth', 'true', 'gold', 'expected', 'actual', 'target'],
  ],
  predicted: ['predicted', 'prediction', 'predictedlabel', 'pred'],
  group: ['group', 'segment', 'slice', 'category', 'cohort', 'language', 'country'],
  model_version: ['modelversion', 'version', 'model'],
  risk: ['risk', 'risklevel'],
  cost: ['cost', 'costusd'],
};

/** Columns of which true, or 1, says that the output was wrong. */
const tells_wrong = new Set(['wrong', 'iswrong', 'loss', 'error', 'iserror']);
/** Columns that name the right answer, where another names what was predicted. */
const tells_truth = new Set(['label', 'truth', 'true', 'gold', 'expected', 'actual', 'target']);

const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_.-]/g, '');

/** Columns that tiers are told by: without them nobody knows under which limit an output is. */
export function tierRoles(terms: TierTerms | null): ScoredRole[] {
  if (!terms) return [];
  const { tiers, cost_tiers, certify_by } = terms;
  return [
    ...(Object.keys(tiers).length ? (['risk'] as const) : []),
    ...(cost_tiers?.length ? (['cost'] as const) : []),
    ...(certify_by ? (['group'] as const) : []),
  ];
}

/**
 * Takes columns for what their names say. A risk and a cost are looked for only where a promise is
 * divided by them, and the group of one that is divided by groups is called as their attribute.
 * @param wanted roles that somebody gave by hand; they stand, where there is such a column
 * @param terms of a promise whose tiers the columns tell
 * @returns null, and what is missing, where no score, no label or none of what tells a tier is found
 */
export function columnsIn(
  found: readonly string[],
  wanted: WantedColumns,
  terms: TierTerms | null = null,
): { columns: ScoredColumns | null; missing: FieldFault[] } {
  const missing: FieldFault[] = [];
  const attribute = terms?.certify_by?.attribute;
  const namesOf = (role: ScoredRole) =>
    role === 'group' && attribute !== undefined ? [plain(attribute)] : names[role];
  const guess = (role: ScoredRole, fits = (_name: string) => true): string | undefined => {
    const given = wanted[role];
    if (given === null) return undefined;
    if (given) {
      if (found.includes(given)) return given;
      missing.push({ field: given, message: `there is no such column; there are ${list(found)}` });
      return undefined;
    }
    const fitting = namesOf(role).filter(fits);
    return fitting
      .map((name) => found.find((each) => plain(each) === name))
      .find((each) => each !== undefined);
  };
  const score = guess('score');
  const label_given = wanted.label !== undefined;
  const direct = label_given ? undefined : guess('label', (name) => !tells_truth.has(name));
  const label = direct ?? guess('label');
  const predicted = direct ? undefined : guess('predicted');
  const tells_tier = tierRoles(terms);
  const ofTier = (role: ScoredRole) => (tells_tier.includes(role) ? guess(role) : undefined);
  const [risk, cost] = [ofTier('risk'), ofTier('cost')];
  const [group, model_version] = [guess('group'), guess('model_version')];
  const got = { score, label, predicted, group, model_version, risk, cost };
  for (const role of ['score', 'label', ...tells_tier] as const) {
    // A column that somebody wants none of is not missing: then no output says anything of it.
    if (got[role] || wanted[role] || (wanted[role] === null && tells_tier.includes(role))) continue;
    const example = namesOf(role).slice(0, 2).join('" or "');
    missing.push({
      field: role,
      message: `no column is named like "${example}"; say which of ${list(found)} it is`,
    });
  }
  if (!score || !label || missing.length) return { columns: null, missing };
  const optional = Object.entries({ predicted, group, model_version, risk, cost });
  const there = Object.fromEntries(optional.filter(([, name]) => name !== undefined));
  return { columns: { score, label, ...there }, missing };
}

const list = (found: readonly string[]) =>
  found
    .slice(0, 20)
    .map((name) => `"${name}"`)
    .join(', ') || 'none';

const says_yes = new Set(['correct', 'right', 'true', '1', 'yes', 'ok', 'good', 'approved']);
const says_no = new Set(['wrong', 'incorrect', 'false', '0', 'no', 'bad', 'error', 'rejected']);

/** 0 where an output was right and 1 where it was wrong, or what is wrong with its label. */
export function lossOf(
  row: Record<string, unknown>,
  { label, predicted }: ScoredColumns,
): 0 | 1 | FieldFault {
  const given = row[label];
  if (given === undefined || given === null || given === '') {
    return {
      field: label,
      message: 'is empty; take lines out only if nobody was to judge them, whatever they said',
    };
  }
  if (predicted) {
    const guessed = row[predicted];
    if (guessed === undefined || guessed === null || guessed === '') {
      return { field: predicted, message: 'is empty' };
    }
    return String(guessed).trim() === String(given).trim() ? 0 : 1;
  }
  const word = String(given).trim().toLowerCase();
  const number = word === '' ? Number.NaN : Number(word);
  // "1.0", as data frames write whole numbers.
  const said = Number.isNaN(number) ? word : String(number);
  // "wrong" and "correct" mean themselves in every column; true and 1 are what the column asks.
  const asks_wrong = tells_wrong.has(plain(label)) && /^(true|false|1|0|yes|no)$/.test(said);
  if (says_yes.has(said)) return asks_wrong ? 1 : 0;
  if (says_no.has(said)) return asks_wrong ? 0 : 1;
  return {
    field: label,
    message: `must be correct or wrong, true or false, 1 or 0, and is ${JSON.stringify(given).slice(0, 60)}; or name the column of what was predicted`,
  };
}
