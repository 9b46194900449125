import type { CaseRecord } from './case.ts';
import type { Docket } from './docket.ts';
import type { Form } from './form.ts';
import type { Json } from './json.ts';
import { type Part, partsOf } from './part.ts';
import { suggestedValues } from './suggestion.ts';

/** Whether people decide it without seeing what the AI said (rule C10).
 *  @param undoable whether it is decided and may be decided anew: who saw the AI's answer meanwhile
 *  would then give it back as their own */
export const isBlind = (
  { kind, state }: Pick<CaseRecord, 'kind' | 'state'>,
  undoable = false,
): boolean => kind === 'shadow' && (state === 'waiting' || undoable);

/** Whether people are asked apart: from one another, or from the AI (rule C10). */
export const asksApart = ({ record, quorum }: Pick<Docket, 'record' | 'quorum'>): boolean =>
  record.kind === 'shadow' || severalAsked({ record, quorum });

/** Whether several people are asked, each without knowing what the others said. */
export const severalAsked = ({ record, quorum }: Pick<Docket, 'record' | 'quorum'>): boolean =>
  record.adjudicating ||
  quorum.of > 1 ||
  (quorum.second_opinion === 'on_disagreement' && record.wanted > 1);

/** What a case shows of an output. Content that the form itself asks for is its suggestion, and no
 *  evidence for it. */
export const partsOfOutput = (
  form: Form,
  { input, content }: { input?: Json | null | undefined; content?: Json | null | undefined },
  blind: boolean,
): Part[] => partsOf(input, blind || asksWhatItShows(form, content) ? null : content);

/** What is shown of a case, in order: what answers about a part are checked by. */
export const partsShown = (
  { parts, form, proposed, record }: Docket,
  blind = isBlind(record),
): Part[] => parts ?? partsOfOutput(form, proposed ?? {}, blind);

function asksWhatItShows(form: Form, content: Json | null | undefined): boolean {
  if (content === null || content === undefined) return false;
  const suggested = Object.keys(suggestedValues(form, content));
  const all =
    typeof content === 'object' && !Array.isArray(content) ? Object.keys(content) : suggested;
  return suggested.length > 0 && all.every((name) => suggested.includes(name));
}
