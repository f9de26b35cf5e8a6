import { expect, test } from 'vitest';
import { decodeResponseFields, encodeBackendMessage, FrameWriter } from '../../src/index.js';
import { thrown } from '../thrown.js';

const fields = {
  severity: 'FATAL',
  sqlstate: '23505',
  message: 'duplicate key value',
  detail: 'Key (id)=(1) already exists.',
  hint: 'Choose another.',
  position: 7,
  where: 'SQL statement',
  schema: 'public',
  table: 't',
  column: 'id',
  dataType: 'd',
  constraint: 't_pkey',
  internalPosition: 3,
  internalQuery: 'insert into t',
  file: 'nbtinsert.c',
  line: 666,
  routine: '_bt_check_unique',
} as const;

test('what an ErrorResponse says is read as it was written, all of it', () => {
  const writer = new FrameWriter();
  encodeBackendMessage(writer, { type: 'ErrorResponse', fields });
  expect(decodeResponseFields(writer.take().subarray(5))).toEqual(fields);
});

test('a severity without V is taken from S, and fields that nobody knows are passed over', () => {
  const body = Buffer.from('SFEHLER\0C42P01\0Mno\0Zx\0\0');
  expect(decodeResponseFields(body)).toEqual({ severity: 'FEHLER', sqlstate: '42P01', message: 'no' });
});

test('a body that ends too early is malformed', () => {
  expect(thrown(() => decodeResponseFields(Buffer.from('SERROR\0')))).toMatchObject({ sqlstate: '08P01' });
});
