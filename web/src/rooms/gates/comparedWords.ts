import {
  type GateDefinition,
  type Output,
  suggestedValues,
  verdictQuestion,
} from '@wheelhouse/core';

/** What a promise has to be told of a form without a verdict (rule G89): a decision counts as right only
 *  where it can be compared with what the AI said, and says the same.
 *  @param sample outputs that came of late
 *  @returns undefined where there is nothing to say */
export function comparedWords(
  { policy, form }: Pick<GateDefinition, 'policy' | 'form'>,
  sample: readonly Pick<Output, 'content'>[],
): string | undefined {
  if (policy.mode !== 'guaranteed' || !form || verdictQuestion(form)) return undefined;
  const compared = sample.filter(
    ({ content }) => Object.keys(suggestedValues(form, content)).length > 0,
  );
  if (sample.length && !compared.length) {
    const which =
      sample.length === 1 ? 'The last output has' : `Of the last ${sample.length} outputs none has`;
    return `${which} anything that answers to this form could be compared with, so every decision would count as wrong and the promise would never be proven. Add a verdict, or send content with fields named as the questions are.`;
  }
  const free = form.questions.every(({ kind }) => kind === 'text');
  const how = free ? 'word for word what the AI’s content has' : 'what the AI’s content has';
  return `The form asks no verdict, so a decision counts as right only where it says ${how} under the name of each question; everything else counts as wrong.`;
}
