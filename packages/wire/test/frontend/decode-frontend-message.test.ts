import { decodeFrontendMessage, type Frame, type FrontendMessage, type PasswordKind } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { byte, bytes, cstring, int16, int32, message } from '../test-bytes.js';
import { thrown } from '../thrown.js';
import { frontendExamples } from './frontend-messages.js';

function frame(whole: Uint8Array): Frame {
  return { type: whole[0]!, body: whole.subarray(5) };
}

function decode(whole: Uint8Array, passwordKind?: PasswordKind): FrontendMessage {
  return decodeFrontendMessage(frame(whole), passwordKind);
}

describe('each message of the frontend', () => {
  test.each(frontendExamples)('$name is decoded', ({ bytes: whole, message: expected, passwordKind }) => {
    expect(decode(whole, passwordKind)).toEqual(expected);
  });

  test.each(frontendExamples.filter((example) => !example.anyBody))(
    '$name is refused when it is cut anywhere, or goes on',
    ({ bytes: whole, passwordKind }) => {
      for (let end = 5; end < whole.length; end++) {
        expect(thrown(() => decode(whole.subarray(0, end), passwordKind)).sqlstate).toBe('08P01');
      }
      expect(thrown(() => decode(bytes(whole, byte(0)), passwordKind)).sqlstate).toBe('08P01');
    },
  );
});

describe('what is wrong is told in the words of PostgreSQL', () => {
  test.each([
    ['a text without end', message('Q', 'SELECT 1'), 'invalid string in message'],
    ['a body that goes on', message('Q', cstring('SELECT 1'), 'x'), 'invalid message format'],
    ['a body that ends early', message('E', cstring(''), int16(0)), 'insufficient data left in message'],
    [
      'a parameter longer than the message',
      message('B', cstring(''), cstring(''), int16(0), int16(1), int32(0x7fff_ffff), int16(0)),
      'insufficient data left in message',
    ],
    [
      'a parameter of negative length',
      message('B', cstring(''), cstring(''), int16(0), int16(1), int32(-2), int16(0)),
      'insufficient data left in message',
    ],
    [
      'more formats than parameters',
      message('B', cstring(''), cstring(''), int16(2), int16(0), int16(0), int16(1), int32(-1), int16(0)),
      'bind message has 2 parameter formats but 1 parameters',
    ],
    [
      'more formats than arguments',
      message('F', int32(1), int16(2), int16(0), int16(0), int16(1), int32(-1), int16(0)),
      'function call message contains 2 argument formats but 1 arguments',
    ],
    ['Describe of neither', message('D', 'X', cstring('')), 'invalid DESCRIBE message subtype 88'],
    ['Close of neither', message('C', byte(0), cstring('')), 'invalid CLOSE message subtype 0'],
    [
      '65,535 parameter types that are not there',
      message('P', cstring(''), cstring(''), int16(-1)),
      'insufficient data left in message',
    ],
  ])('%s', (_, whole, text) => {
    const error = thrown(() => decode(whole));
    expect(error).toMatchObject({ severity: 'ERROR', sqlstate: '08P01', message: text });
    expect(error.fields.detail).toMatch(/^Reading stopped at byte \d+ of the \d+ bytes of [A-Z]\w+\.$/);
  });

  test('an unknown format code', () => {
    const whole = message('B', cstring(''), cstring(''), int16(0), int16(0), int16(1), int16(7));
    expect(thrown(() => decode(whole))).toMatchObject({
      severity: 'ERROR',
      sqlstate: '22023',
      message: 'unsupported format code: 7',
    });
  });

  test('a password with something after it ends the session', () => {
    const error = thrown(() => decode(message('p', cstring('secret'), 'x'), 'PasswordMessage'));
    expect(error).toMatchObject({ severity: 'FATAL', sqlstate: '08P01', message: 'invalid password packet size' });
  });
});

describe('a message out of place', () => {
  test('ends the session if nobody asked for a password', () => {
    expect(thrown(() => decode(message('p', cstring('secret'))))).toMatchObject({
      severity: 'FATAL',
      sqlstate: '08P01',
      message: 'invalid frontend message type 112',
    });
  });

  test.each([0, 33, 255])('ends the session if its type is %i', (type) => {
    expect(thrown(() => decodeFrontendMessage({ type, body: bytes() }))).toMatchObject({
      severity: 'FATAL',
      sqlstate: '08P01',
      message: `invalid frontend message type ${type}`,
    });
  });
});

test('a negative row limit means all rows, as in PostgreSQL', () => {
  expect(decode(message('E', cstring(''), int32(-1)))).toEqual({ type: 'Execute', portal: '', maxRows: 0 });
});

test('parameters and data are not copied', () => {
  const whole = message('B', cstring(''), cstring(''), int16(0), int16(1), int32(1), 'a', int16(0));
  const bind = decode(whole);
  whole[whole.indexOf(0x61, 5)] = 0x62;
  expect(bind).toMatchObject({ parameters: [bytes('b')] });
});
