import { basename } from 'node:path';
import {
  type FieldFault,
  Refusal,
  type ScoredFile,
  scored_roles,
  type TierTerms,
  tiersOf,
} from '@wheelhouse/core';
import { type PlanSetup, planGate } from '@wheelhouse/core/learn';
import { parseHTML } from 'linkedom';
import { hintWords } from '../hint-words.ts';
import { faultWords, versionWords } from '../plan-words.ts';
import { planReport } from '../report.ts';
import { argumentsOf } from './arguments.ts';
import { bar } from './bar.ts';
import { columnOptions, flagOf, setupOf, usage } from './options.ts';
import { readOutputs } from './outputs.ts';
import { checkReport, writeReport } from './report-file.ts';
import { termsOf } from './tier-options.ts';
import { inWords, plain } from './words.ts';

/** Where the command speaks. */
export interface Terminal {
  say: (text: string) => void;
  warn: (text: string) => void;
  /** Writes over its last line; only where somebody watches. */
  over?: (text: string) => void;
  now: () => Date;
  version: string;
}

const shown_faults = 5;

/**
 * Plans a gate from a file of scored, judged outputs.
 * @returns the exit code: 0 certified (every tier of it), 1 not yet, 2 it could not be planned
 */
export async function gateSimulate(args: string[], terminal: Terminal): Promise<number> {
  try {
    const { values, positionals } = argumentsOf(args);
    const [path] = positionals;
    if (values.help || !path || positionals.length > 1) {
      (values.help ? terminal.say : terminal.warn)(usage);
      return values.help ? 0 : 2;
    }
    const figures = setupOf(values);
    const terms = termsOf(values, figures);
    if (values.report) checkReport(values.report, path);
    const progress = bar(terminal.over);
    const only = values['only-version'] ?? null;
    const wanted = { columns: columnOptions(values), only, terms };
    const { file, digest } = await readOutputs(path, wanted, (share) => progress('Reading', share));
    progress('Reading', 1);
    warnOf(file, path, terminal);
    const versions = versionWords(file);
    if (versions) terminal.warn(plain(versions));
    const setup: PlanSetup = terms ? { ...figures, tiers: limitsOf(terms) } : figures;
    const plan = planGate(file.outputs, setup, (share) => progress('Playing the weeks', share));
    progress.end();
    const { outputs: _planned, ...rest } = file;
    const read = { ...rest, name: basename(path), digest };
    const { version } = terminal;
    if (values.report) {
      const { document } = parseHTML('<!doctype html><html><body></body></html>');
      const made_at = terminal.now().toISOString();
      const gate = values.gate ?? null;
      const report = planReport(document, { plan, file: read, gate, made_at, version });
      writeReport(values.report, report);
    }
    if (values.json) terminal.say(JSON.stringify({ version, file: read, plan }, null, 2));
    else terminal.say(inWords(plan, values.report));
    return plan.tiers.every(({ certificate }) => certificate.threshold !== null) ? 0 : 1;
  } catch (thrown) {
    terminal.over?.('');
    terminal.warn(plain(sentenceOf(thrown)));
    return 2;
  }
}

const limitsOf = (terms: TierTerms) => tiersOf(terms).map(({ tier, alpha }) => ({ tier, alpha }));

/** Says what was left out of the file. @throws Error where nothing is left of it */
function warnOf(file: ScoredFile, path: string, to: Terminal) {
  const { faults, fault_count, unjudged, outputs, columns, names } = file;
  const said = faults
    .slice(0, shown_faults)
    .map(({ line, field, message }) => `  line ${line}${field ? `, ${field}` : ''}: ${message}`);
  const more = fault_count > said.length ? [`  and ${fault_count - said.length} more`] : [];
  if (!columns || outputs.length < 2) {
    const need =
      columns || !names.length
        ? `${path} has ${outputs.length === 1 ? 'one judged output' : 'no judged outputs'}; at least two are needed.`
        : `The columns of ${path} are not known.${flagsFor(faults)}`;
    throw new Error([need, ...said, ...more].join('\n'));
  }
  for (const hint of hintWords(file)) to.warn(plain(hint));
  if (!fault_count) return;
  to.warn(plain([`${faultWords({ fault_count, unjudged })}:`, ...said, ...more].join('\n')));
}

/** Which options name what was not found. */
function flagsFor(faults: ScoredFile['faults']): string {
  const roles = scored_roles.filter((role) => faults.some(({ field }) => field === role));
  return roles.length ? ` Name them with ${roles.map(flagOf).join(' and ')}.` : '';
}

function sentenceOf(thrown: unknown): string {
  if (thrown instanceof Refusal && thrown.code === 'invalid') {
    const faults = thrown.facts.errors as FieldFault[];
    return faults.map(({ field, message }) => `${flagOf(field)} ${message}`).join('\n');
  }
  return thrown instanceof Error ? thrown.message : String(thrown);
}
