import type { HandOffReason, LiveConversation, TargetKind } from '@wheelhouse/core';

/** Why a person is asked for, in words that follow "Why:". */
export const reason_words: Record<HandOffReason, string> = {
  asked: 'asked for a person',
  low_confidence: 'the AI is not sure what is meant',
  rule: 'a rule keeps it for people',
  off: 'the AI does not speak here',
  failed: 'the AI failed several times',
  frustrated: 'seems upset',
  rejected: 'a reply was rejected',
  blocked: 'a reply was blocked',
  transferred: 'a colleague handed it over',
  silent: 'whoever had it fell silent',
  paused: 'the AI is stopped',
  undecided: 'nobody decided on what the AI would say or do',
  tool: 'what the AI was to do needs a person',
};

/** Who has the wheel, in a list of many. */
export const ownerWords = ({ kind, name }: LiveConversation['owner']): string =>
  kind === 'queue' ? 'Waits for a person' : kind === 'bot' ? `${name} (AI)` : name;

/** What a customer is promised next, in words that "due in" follows. */
export const due_words: Record<TargetKind, string> = {
  first_reply: 'First reply',
  next_reply: 'Reply',
  resolution: 'Resolution',
};
