import type { TestProject } from 'vitest/node';
import { type OracleAddress, startOracle } from './start-oracle.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The real PostgreSQL 18 that answers are compared with; a test gets it with `inject('oracle')`. */
    oracle: OracleAddress;
  }
}

/** Starts the one oracle of a test run, and stops it when the run is over. */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const oracle = await startOracle();
  project.provide('oracle', oracle.address);
  return () => oracle.close();
}
