import type { FieldFault } from './refusal.ts';
import type { TierTerms } from './tier.ts';

/** What a column of a file of scored outputs can be. */
export const scored_roles = [
  'score',
  'label',
  'predicted',
  'loss',
  'group',
  'model_version',
  'risk',
  'cost',
] as const;
export type ScoredRole = (typeof scored_roles)[number];

/** Columns by their role: a label or a loss. With `predicted`, an output is right where it equals `label`. */
export interface ScoredColumns extends Partial<Record<ScoredRole, string>> {
  score: string;
}

/** Columns that somebody chose by hand; null where none is to be taken, whatever its name. */
export type WantedColumns = Partial<Record<ScoredRole, string | null>>;

/** Names that say their role, likelier ones first; compared in lower case, without separators. */
const names: Record<ScoredRole, readonly string[]> = {
  score: ['score', 'confidence', 'probability', 'prob', 'maxprob', 'certainty', 'p'],
  label: [
    ...['correct', 'iscorrect', 'right', 'wrong', 'iswrong', 'error', 'iserror', 'verdict'],
    ...['outcome', 'judgement', 'label', 'truth', 'true', 'gold', 'expected', 'actual', 'target'],
  ],
  predicted: ['predicted', 'prediction', 'predictedlabel', 'pred'],
  loss: ['loss'],
  group: ['group', 'segment', 'slice', 'category', 'cohort', 'language', 'country'],
  model_version: ['modelversion', 'version', 'model'],
  risk: ['risk', 'risklevel'],
  cost: ['cost', 'costusd'],
};

/** Columns of which true, or 1, says that the output was wrong. */
const tells_wrong = new Set(['wrong', 'iswrong', 'error', 'iserror']);
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
  const { loss, label, predicted } = judgementIn(wanted, guess);
  const tells_tier = tierRoles(terms);
  const ofTier = (role: ScoredRole) => (tells_tier.includes(role) ? guess(role) : undefined);
  const [risk, cost] = [ofTier('risk'), ofTier('cost')];
  const [group, model_version] = [guess('group'), guess('model_version')];
  const got: Partial<Record<ScoredRole, string | undefined>> = {
    ...{ score, label: label ?? loss ?? wanted.loss ?? undefined, group, risk, cost },
  };
  for (const role of ['score', 'label', ...tells_tier] as const) {
    // A column that somebody wants none of is not missing: then no output says anything of it.
    if (got[role] || wanted[role] || (wanted[role] === null && tells_tier.includes(role))) continue;
    const example = namesOf(role).slice(0, 2).join('" or "');
    missing.push({
      field: role,
      message: `no column is named like "${example}"; say which of ${list(found)} it is`,
    });
  }
  if (!score || missing.length) return { columns: null, missing };
  const others = { label, predicted, loss, group, model_version, risk, cost };
  const there = Object.entries(others).filter(([, name]) => name !== undefined);
  return { columns: { score, ...Object.fromEntries(there) }, missing };
}

type Guess = (role: ScoredRole, fits?: (name: string) => boolean) => string | undefined;

/** What tells how an output ended: what somebody chose by hand, else a column that says right or wrong, else
 *  a loss, else the right answer with what was predicted. */
function judgementIn(wanted: WantedColumns, guess: Guess) {
  if (wanted.loss) return { loss: guess('loss') };
  if (wanted.label) return { label: guess('label'), predicted: guess('predicted') };
  const direct = guess('label', (name) => !tells_truth.has(name));
  if (direct) return { label: direct };
  const loss = guess('loss');
  return loss ? { loss } : { label: guess('label'), predicted: guess('predicted') };
}

const list = (found: readonly string[]) =>
  found
    .slice(0, 20)
    .map((name) => `"${name}"`)
    .join(', ') || 'none';

const says_yes = new Set(['correct', 'right', 'true', '1', 'yes', 'ok', 'good', 'approved']);
const says_no = new Set(['wrong', 'incorrect', 'false', '0', 'no', 'bad', 'error', 'rejected']);

/** 0 where an output was right and 1 where it was wrong, between them a loss, or what is wrong with what the
 *  file says of it. */
export function lossOf(row: Record<string, unknown>, columns: ScoredColumns): number | FieldFault {
  const { loss, label = '', predicted } = columns;
  const field = loss ?? label;
  const given = row[field];
  if (given === undefined || given === null || given === '') {
    return {
      field,
      message: 'is empty; take lines out only if nobody was to judge them, whatever they said',
    };
  }
  if (loss !== undefined) return partialLossOf(given, loss);
  if (predicted) {
    const guessed = row[predicted];
    if (guessed === undefined || guessed === null || guessed === '') {
      return { field: predicted, message: 'is empty' };
    }
    return String(guessed).trim() === String(given).trim() ? 0 : 1;
  }
  const said = wordIn(given);
  // "wrong" and "correct" mean themselves in every column; true and 1 are what the column asks.
  const asks_wrong = tells_wrong.has(plain(label)) && /^(true|false|1|0|yes|no)$/.test(said);
  if (says_yes.has(said)) return asks_wrong ? 1 : 0;
  if (says_no.has(said)) return asks_wrong ? 0 : 1;
  const hint = lossIn(said) === undefined ? '' : ', or call the column a loss';
  return {
    field: label,
    message: `must be correct or wrong, true or false, 1 or 0, and is ${shown(given)}; or name the column of what was predicted${hint}`,
  };
}

/** In lower case; "1.0" is 1, as data frames write whole numbers. */
function wordIn(given: unknown): string {
  const word = String(given).trim().toLowerCase();
  const number = word === '' ? Number.NaN : Number(word);
  return Number.isNaN(number) ? word : String(number);
}

const lossIn = (said: string): number | undefined => {
  const loss = Number(said);
  return said !== '' && loss >= 0 && loss <= 1 ? loss : undefined;
};

/** A loss from 0 to 1; true and yes are a whole one, and "correct" and "wrong" mean themselves. */
function partialLossOf(given: unknown, field: string): number | FieldFault {
  const said = wordIn(given);
  const loss = lossIn(said);
  if (loss !== undefined) return loss;
  if (/^(true|yes)$/.test(said)) return 1;
  if (/^(false|no)$/.test(said)) return 0;
  if (says_yes.has(said)) return 0;
  if (says_no.has(said)) return 1;
  const over = Number(said) > 1 ? '; divide by the greatest loss there can be' : '';
  return { field, message: `must lie from 0 (right) to 1 (wrong), and is ${shown(given)}${over}` };
}

const shown = (given: unknown): string => JSON.stringify(given).slice(0, 60);

/** Whether what was said and the right answer differ in capitals and blanks alone. */
export function isAlike(
  row: Record<string, unknown>,
  { label, predicted }: ScoredColumns,
): boolean {
  if (label === undefined || predicted === undefined) return false;
  const bare = (given: unknown) => String(given).toLowerCase().replaceAll(/\s+/g, '');
  return bare(row[label]) === bare(row[predicted]) && bare(row[label]) !== '';
}
