import type { Docket } from './docket.ts';
import { type Form, type Values, verdictQuestion } from './form.ts';
import { canonical, type Json, type JsonObject } from './json.ts';
import { inOneOrder } from './values.ts';

/** The output's content as values of the form: fields by name, or bare content for one question. */
export function suggestedValues(form: Form, content: Json | null | undefined): JsonObject {
  if (content === null || content === undefined) return {};
  const asked = form.questions.filter(({ kind }) => kind !== 'verdict');
  if (typeof content !== 'object' || Array.isArray(content)) {
    const only = asked[0];
    // A text is what marks are made in, and no marks.
    const marks = only?.kind === 'span' || only?.kind === 'region';
    if (asked.length !== 1 || !only || (marks && !Array.isArray(content))) return {};
    return { [only.name]: content };
  }
  const values: JsonObject = {};
  for (const { name } of asked) {
    const value = Object.hasOwn(content, name) ? content[name] : undefined;
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** Whether the AI had said what the people said: an approval is agreement; other forms agree when
 *  every answered question equals the field of that name in the output's content.
 *  @returns null when there is nothing to compare */
export function agreement(docket: Docket, values: Values, outcome: string): boolean | null {
  if (verdictQuestion(docket.form)) return outcome === 'approved';
  const suggested = suggestedValues(docket.form, docket.proposed?.content);
  const names = Object.keys(suggested);
  if (!names.length) return null;
  const said = (from: JsonObject, name: string) =>
    canonical(plain(Object.hasOwn(from, name) ? (from[name] ?? null) : null));
  const proposed = inOneOrder(docket.form, suggested);
  return names.every((name) => said(proposed, name) === said(values, name));
}

const plain = (value: Json): Json =>
  typeof value === 'string' ? value.trim().toLowerCase() : value;
