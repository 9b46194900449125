import type { App } from '../http/app.ts';
import { climb, forget, lapse, settleDue } from './clock.ts';
import { deliverer, forgetSent } from './deliver.ts';
import { fanOut } from './fan-out.ts';
import type { Job } from './run.ts';
import { seal } from './seal.ts';

/** Every background job and how long it rests when there is nothing to do. */
export const backgroundJobs = ({ ports, rulings }: App): Job[] => [
  { name: 'lapse', every_ms: 1_000, run: () => lapse(ports) },
  { name: 'climb', every_ms: 500, run: () => climb(ports, rulings) },
  { name: 'settle', every_ms: 250, run: () => settleDue(ports) },
  { name: 'seal', every_ms: 1_000, run: () => seal(ports) },
  { name: 'fan_out', every_ms: 250, run: () => fanOut(ports) },
  deliverer(ports),
  { name: 'forget', every_ms: 3_600_000, run: () => forget(ports) },
  { name: 'forget_sent', every_ms: 3_600_000, run: () => forgetSent(ports) },
];
