import { allTypes, buildData, fieldOf } from '@riffq/all-types';
import { Schema } from 'apache-arrow';
import { expect, test, vi } from 'vitest';
import { makeRecordBatch } from '../../src/record-batch.js';
import { encodeBatches } from '../data-rows.js';

test('where a process forbids generated code, a long result is encoded without', () => {
  let asked = 0;
  const construct = (): never => {
    asked += 1;
    // What V8 says under --disallow-code-generation-from-strings.
    throw new EvalError('Code generation from strings disallowed for this context');
  };
  vi.stubGlobal('Function', new Proxy(Function, { construct }));
  const [typeCase] = allTypes;
  if (typeCase === undefined) throw new Error('there are no types');
  const raws = Array.from({ length: 12_000 }, () => typeCase.values[0]?.[0] ?? null);
  const schema = new Schema([fieldOf(typeCase, 'x')]);
  const batch = makeRecordBatch(schema, raws.length, [buildData(typeCase.type, raws)]);
  const encoded = encodeBatches(schema, [batch, batch], ['text'], { bufferBytes: 8192 });
  expect(encoded).toHaveLength(24_000);
  expect(new Set(encoded.map(([field]) => field?.toString()))).toEqual(new Set([typeCase.values[0]?.[1]]));
  expect(asked).toBe(1);
});
