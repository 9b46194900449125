import type { AgreementFigures } from '@wheelhouse/core';

const area = (aurc: number) => String(Number(aurc.toPrecision(2)));

/** What the score of a version is learned to be, and whether that helps. */
export function agreementWords(agreement: AgreementFigures | null): string {
  if (!agreement) {
    return 'It first learns what people agree with. Until then everything waits, and what is decided proves nothing yet.';
  }
  const { kind, labels, wrong, aurc } = agreement;
  const from = `${labels.toLocaleString('en-US')} decisions, ${wrong === 0 ? 'none' : wrong.toLocaleString('en-US')} of them against the AI`;
  if (kind === 'score') {
    return `Goes by the AI’s confidence, set right by ${from}: nothing else that is known of outputs was seen to tell more.`;
  }
  const better = aurc.agreement < aurc.confidence;
  const compared = `area under the risk–coverage curve ${area(aurc.agreement)}, of the confidence ${area(aurc.confidence)}`;
  return `Goes by whether people agree, learned from ${from}. ${better ? 'It tells errors apart better than the confidence' : 'It is right more often about the chance, and no better at telling errors apart'} (${compared}; less is better).`;
}
