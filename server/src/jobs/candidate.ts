import { proposeCandidates } from '../actions/candidate.ts';
import type { Minds } from '../actions/mind.ts';
import type { Ports } from '../ports.ts';
import type { Job } from './run.ts';

/** What persons answered becomes candidate articles. Nobody waits for it. */
export const candidateProposer = (ports: Ports, minds: Minds): Job => ({
  name: 'candidates',
  every_ms: 1_000,
  run: () => proposeCandidates(ports, minds),
});
