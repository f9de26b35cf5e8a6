import { isPgError, PgError, sqlstate } from '@riffq/wire';
import { describe, expect, test } from 'vitest';

test('an error has severity ERROR and SQLSTATE XX000 unless told otherwise', () => {
  const error = new PgError({ message: 'it broke' });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'PgError', message: 'it broke', severity: 'ERROR', sqlstate: 'XX000' });
  expect(error.fields).toEqual({ message: 'it broke', severity: 'ERROR', sqlstate: 'XX000' });
});

test('what was given is kept, the cause passed on', () => {
  const cause = new Error('disk full');
  const fields = {
    severity: 'FATAL',
    sqlstate: sqlstate.disk_full,
    message: 'no',
    hint: 'Buy a disk.',
    cause,
  } as const;
  const error = new PgError(fields);
  expect(error.fields).toEqual(fields);
  expect(error.cause).toBe(cause);
  expect(error.code).toBe('53100');
});

test('an error without a cause has none', () => {
  expect('cause' in new PgError({ message: 'no' })).toBe(false);
});

describe('isPgError', () => {
  test('knows errors of another copy of the package by their mark', () => {
    const foreign = Object.assign(new Error('no'), { [Symbol.for('riffq.PgError')]: true });
    expect(isPgError(foreign)).toBe(true);
    expect(isPgError(new PgError({ message: 'no' }))).toBe(true);
  });

  test.each([undefined, null, 'PgError', new Error('no'), { name: 'PgError', sqlstate: 'XX000' }])(
    'does not take %o for one',
    (value) => expect(isPgError(value)).toBe(false),
  );
});
