import { isSqlstate, sqlstate } from '@riffq/wire';
import { describe, expect, test } from 'vitest';

test.each([
  ['successful_completion', '00000'],
  ['warning', '01000'],
  ['protocol_violation', '08P01'],
  ['string_data_right_truncation', '22001'],
  ['warning_string_data_right_truncation', '01004'],
  ['null_value_not_allowed', '22004'],
  ['undefined_table', '42P01'],
  ['query_canceled', '57014'],
  ['transaction_timeout', '25P04'],
  ['file_name_too_long', '58P03'],
  ['internal_error', 'XX000'],
] as const)('%s is %s', (name, code) => {
  expect(sqlstate[name]).toBe(code);
});

test('no code stands under two names', () => {
  const codes = Object.values(sqlstate);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes).toHaveLength(262);
});

describe('isSqlstate', () => {
  test('every code of the table, and others of its classes, can be one', () => {
    for (const code of [...Object.values(sqlstate), '42ZZZ', 'XX999'])
      expect([code, isSqlstate(code)]).toEqual([code, true]);
  });

  test.each(['EPIPE', 'ENOENT', '42p01', '42P0', '42P011', '', 'ERR_X', 42_601, undefined, null, ['42P01']])(
    '%o cannot',
    (code) => expect(isSqlstate(code)).toBe(false),
  );
});
