import { expect } from 'vitest';
import type { ParameterValue } from '../../src/query-context.js';
import { ParameterOracle } from './parameter-oracle.js';
import { readParameter } from './read-parameter.js';

/**
 * Holds that all texts are read as PostgreSQL reads them: the same errors, and values that are what its output,
 * or that as JSON, becomes by `toValue`; its binary form gives the same values.
 */
export async function expectSameInput(
  type: string,
  inputs: readonly string[],
  toValue: (output: string, json: string) => ParameterValue,
): Promise<void> {
  await using oracle = await ParameterOracle.connect();
  for (const answer of await oracle.read(type, inputs)) {
    const context = `${type} ${JSON.stringify(answer.input)}`;
    const ours = readParameter(type, answer.input);
    if ('error' in answer) {
      const where = `unnamed portal parameter $1 = ${answer.input === '' ? "''" : "'...'"}`;
      expect(ours, context).toEqual({ error: { ...answer.error, where } });
    } else {
      const value = toValue(answer.output, answer.json);
      expect(ours, context).toEqual(value);
      expect(readParameter(type, answer.binary), `${context} in binary`).toEqual(value);
    }
  }
}

/**
 * Holds that values are bound as PostgreSQL binds them: the same errors with the same context, and values that are its own
 * text, or what that becomes. Some of what it prints PostgreSQL does not read itself.
 */
export async function expectSameBinding(type: string, values: readonly (string | Buffer)[]): Promise<void> {
  await using oracle = await ParameterOracle.connect();
  for (const value of values) {
    const context = `${type} ${typeof value === 'string' ? JSON.stringify(value) : value.toString('hex')}`;
    const theirs = await oracle.bind(type, value);
    const ours = readParameter(type, value);
    // PostgreSQL makes room before it reads on, and we do not: that it has none is no error of ours.
    if (typeof theirs !== 'string' && theirs.message.startsWith('invalid memory alloc')) {
      expect(ours, context).toHaveProperty('error');
      continue;
    }
    if (typeof theirs !== 'string') expect(ours, context).toEqual({ error: theirs });
    else expect(ours, context).toEqual(typeof ours === 'string' ? theirs : readParameter(type, theirs));
  }
}
