import type { TestProject } from 'vitest/node';
import { startTestEngine } from '../server/src/testing/engine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The connection string of the run's engine, with DATABASE where a name belongs. */
    engine: string;
  }
}

/** One real PostgreSQL for the whole run; each test file clones a fresh database from its template. */
export default async function setup(project: TestProject) {
  const engine = await startTestEngine();
  project.provide('engine', engine.url_pattern);
  return engine.stop;
}
