import { askAboutAlarms } from '../actions/alarm-case.ts';
import type { RulingsCache } from '../actions/definition.ts';
import { forgetSent } from '../actions/delivery.ts';
import { forget, lapse, settleDue } from '../actions/due.ts';
import { fanOut } from '../actions/fan-out.ts';
import { minds } from '../actions/mind.ts';
import { endOverridesDue } from '../actions/override.ts';
import { strandedFinder } from '../actions/strand.ts';
import { tallyLabels } from '../actions/tally.ts';
import type { Thinking } from '../actions/turn.ts';
import { lapseUnused } from '../actions/unused.ts';
import { findUnwatched } from '../actions/unwatched.ts';
import { askAboutUnwatched } from '../actions/unwatched-case.ts';
import type { Ports } from '../ports.ts';
import { briefWriter } from './brief.ts';
import { candidateProposer } from './candidate.ts';
import { callCarrier } from './carry.ts';
import { certifier } from './certify.ts';
import { climb } from './clock.ts';
import { clockWatcher, effectBearer, offerer, turnTaker } from './converse.ts';
import { crawler } from './crawl.ts';
import { deliverer } from './deliver.ts';
import { aheadLearner } from './learn.ts';
import type { Job } from './run.ts';
import { seal } from './seal.ts';

/** Every background job and how long it rests when there is nothing to do. */
export const backgroundJobs = (
  ports: Ports,
  rulings: RulingsCache,
  submit: Thinking['submit'],
): Job[] => {
  const known = minds(ports);
  return [
    { name: 'lapse', every_ms: 1_000, run: () => lapse(ports) },
    { name: 'climb', every_ms: 500, run: () => climb(ports, rulings) },
    { name: 'strand', every_ms: 2_000, run: strandedFinder(ports) },
    { name: 'settle', every_ms: 250, run: () => settleDue(ports) },
    { name: 'seal', every_ms: 1_000, run: () => seal(ports) },
    { name: 'fan_out', every_ms: 250, run: () => fanOut(ports) },
    { name: 'tally', every_ms: 250, tells_itself: true, run: () => tallyLabels(ports, rulings) },
    certifier(ports),
    { name: 'alarms', every_ms: 2_000, run: () => askAboutAlarms(ports, rulings) },
    { name: 'unwatched', every_ms: 5_000, run: () => findUnwatched(ports) },
    { name: 'ask_unwatched', every_ms: 5_000, run: () => askAboutUnwatched(ports, rulings) },
    { name: 'lapse_unused', every_ms: 5_000, run: () => lapseUnused(ports) },
    { name: 'end_overrides', every_ms: 1_000, run: () => endOverridesDue(ports) },
    turnTaker(ports, rulings, known, submit),
    effectBearer(ports, rulings),
    callCarrier({ ports, rulings, submit }),
    clockWatcher(ports, rulings),
    offerer(ports, rulings),
    briefWriter(ports, known),
    candidateProposer(ports, known),
    aheadLearner(ports, known),
    deliverer(ports),
    crawler(ports),
    { name: 'forget', every_ms: 3_600_000, run: () => forget(ports) },
    { name: 'forget_sent', every_ms: 3_600_000, run: () => forgetSent(ports) },
  ];
};
