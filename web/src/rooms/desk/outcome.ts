const words: Record<string, string> = {
  approved: 'Approved',
  edited: 'Approved as edited',
  rejected: 'Rejected',
  answered: 'Answered',
  expired: 'Ran out of time',
  cancelled: 'Withdrawn',
};

/** What came of a case, in words. */
export const outcomeWords = (outcome: string): string => words[outcome] ?? outcome;
