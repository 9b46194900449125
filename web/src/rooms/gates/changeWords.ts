import type { Change, GateDefinition, Json, PolicyMode } from '@wheelhouse/core';
import { hoursText } from '../../kit/duration.ts';
import { mode_words } from '../../kit/policyWords.ts';
import { definitionChanges } from './definition.ts';
import { spanWords } from './span.ts';

type Read = (value: Json) => Json;

const span: Read = (ms) => (typeof ms === 'number' ? spanWords(ms) : 'never');
const share: Read = (part) => `${Number((Number(part) * 100).toPrecision(4))}%`;
const yes: Read = (on) => (on === true ? 'yes' : 'no');
const nobody: Read = (role) => role ?? 'nobody';
const when: Read = (second) => yes(second === 'on_disagreement');
const dollars: Read = (usd) => `$${Number(usd).toLocaleString('en-US')}`;
const costLimit: Read = (limit) => {
  const { from_usd, alpha } = limit as { from_usd: number; alpha: number };
  return `from ${dollars(from_usd)} at most ${share(alpha)} wrong`;
};
const hours: Read = (count) => (count === null ? 'no limit' : hoursText(Number(count)));
const same: Read = (value) => value;

const verdict_words: Record<string, string> = { pass: 'pass', hold: 'hold', block: 'block' };
const score_words: Record<string, string> = {
  confidence: 'how sure the AI says it is',
  agreement: 'whether people agree',
};
const fallback_words: Record<string, string> = {
  none: 'it is expired, neither yes nor no',
  reject: 'it is rejected',
  approve: 'it is approved',
};

/** What the editor calls a place, and how it says what stands there. */
const places: Record<string, [string, Read]> = {
  title: ['Title', same],
  description: ['Description', same],
  queue: ['Queue', same],
  'policy.mode': ['How it judges', (mode) => mode_words[mode as PolicyMode] ?? mode],
  'policy.threshold': ['Passes at a confidence of', same],
  'policy.otherwise': ['Otherwise', (then) => verdict_words[String(then)] ?? then],
  'policy.spot_check': ['Spot checks', share],
  'policy.score': ['What it goes by', (score) => score_words[String(score)] ?? score],
  'policy.decided_by': ['Least role that may decide', same],
  'policy.own_request_allowed': ['Whoever asked for it may decide it too', yes],
  'policy.people_hours': ['People’s time a day', hours],
  'policy.quorum.of': ['People asked', same],
  'policy.quorum.approvals': ['Of whom must agree', same],
  'policy.quorum.second_opinion': ['A second person on disagreement', when],
  'policy.quorum.veto': ['Rejects alone', nobody],
  'policy.deadline.expire_after_ms': ['Time runs out after', span],
  'policy.deadline.fallback': ['When time is up', (end) => fallback_words[String(end)] ?? end],
  'policy.deadline.approve_in_words': ['Why it is then approved', same],
  'policy.undo_ms': ['Undo', span],
  'policy.lease_ms': ['Hold', span],
  'policy.priority': ['Priority', same],
  'form.title': ['Form: heading', same],
  'form.instructions': ['Form: instructions', same],
  'action.name': ['Action: name', same],
  'action.description': ['Action: what it does', same],
};

const patterns: [RegExp, (found: string[]) => [string, Read]][] = [
  [
    /^policy\.cost_tiers\.(\d+)\.from_usd$/,
    ([at]) => [`Limit ${1 + Number(at)} by cost: from`, dollars],
  ],
  [
    /^policy\.cost_tiers\.(\d+)\.alpha$/,
    ([at]) => [`Limit ${1 + Number(at)} by cost: at most wrong`, share],
  ],
  [/^policy\.cost_tiers\.(\d+)$/, ([at]) => [`Limit ${1 + Number(at)} by cost`, costLimit]],
  [/^policy\.certify_by/, () => ['A certificate for each group', same]],
  [/^rule (\d+)$/, ([at]) => [`Rule ${at}`, same]],
  [/^policy\.quorum\.roles\.(\w+)$/, ([role]) => [`Among them at least: ${role}`, same]],
  [
    /^policy\.deadline\.ladder\.(\d+)\.after_ms$/,
    ([at]) => [`Step ${1 + Number(at)}: after`, span],
  ],
  [/^policy\.deadline\.ladder\.(\d+)(?:\.(\w+))?$/, ([at, of]) => [place('Step', at, of), same]],
  [/^form\.questions\.(\d+)(?:\.(.+))?$/, ([at, of]) => [place('Question', at, of), same]],
  [/^action\.arguments_schema\.?(.*)$/, ([of]) => [`Arguments: ${spaced(of ?? '')}`, same]],
];

const spaced = (path: string) => path.replaceAll('_', ' ').replaceAll('.', ' › ');
const place = (noun: string, at: string | undefined, of: string | undefined) =>
  `${noun} ${1 + Number(at)}${of ? `: ${spaced(of)}` : ''}`;

function placeOf(path: string): [string, Read] {
  const known = places[path];
  if (known) return known;
  for (const [pattern, read] of patterns) {
    const found = pattern.exec(path);
    if (found) return read(found.slice(1));
  }
  return [spaced(path), same];
}

/** A change as the editor would say it: its label for the place, and values with their units. */
function inWords({ path, from, to }: Change): Change {
  const [label, read] = placeOf(path);
  return {
    path: label,
    ...(from === undefined ? {} : { from: read(from) }),
    ...(to === undefined ? {} : { to: read(to) }),
  };
}

/** What differs between two definitions, in the words of the editor (rule K27). */
export const changesInWords = (from: GateDefinition, to: GateDefinition): Change[] =>
  definitionChanges(from, to).map(inWords);

const brief = (value: Json | undefined): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

/** The first thing that changed in one line, and how many more there are. */
export function summaryOf(changes: readonly Change[]): string {
  const [first] = changes;
  if (!first) return 'Nothing differs';
  const { path, from, to } = first;
  const said =
    from === undefined
      ? `${path}: ${brief(to)} added`
      : to === undefined
        ? `${path}: ${brief(from)} removed`
        : `${path}: ${brief(from)} → ${brief(to)}`;
  return changes.length > 1 ? `${said}, and ${changes.length - 1} more` : said;
}
