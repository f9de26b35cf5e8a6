import { decodeStartupPacket } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { byte, bytes, cstring, int16, int32 } from '../test-bytes.js';
import { thrown } from '../thrown.js';
import { startupExamples } from './frontend-messages.js';

const version = bytes(int16(3), int16(0));
const cancel = bytes(int16(1234), int16(5678));

describe('each packet that opens a connection', () => {
  test.each(startupExamples)('$name is decoded', ({ bytes: whole, packet }) => {
    expect(decodeStartupPacket(whole.subarray(4))).toEqual(packet);
  });

  test.each(startupExamples.filter((example) => !example.name.includes('longest')))(
    '$name is refused when it is cut anywhere',
    ({ bytes: whole }) => {
      for (let end = 4; end < whole.length; end++) {
        const error = thrown(() => decodeStartupPacket(whole.subarray(4, end)));
        expect(error).toMatchObject({ severity: 'FATAL', sqlstate: '08P01' });
      }
    },
  );
});

describe('what is wrong is told in the words of PostgreSQL, and ends the session', () => {
  const layout = 'invalid startup packet layout: expected terminator as last byte';
  test.each([
    ['no terminator', bytes(version, cstring('user'), cstring('jo')), layout],
    ['a value without its NUL', bytes(version, cstring('user'), 'jo'), layout],
    ['a name without its NUL', bytes(version, 'user'), layout],
    ['nothing at all', version, layout],
    ['a name without a value', bytes(version, cstring('user')), layout],
    ['something after the terminator', bytes(version, cstring('user'), cstring('jo'), byte(0), 'x'), layout],
    ['a CancelRequest without a process id', bytes(cancel, int16(1)), 'invalid length of cancel request packet'],
    [
      'a cancel key of 3 bytes',
      bytes(cancel, int32(1), 'abc'),
      'invalid length of cancel key in cancel request packet',
    ],
    [
      'a cancel key of 257 bytes',
      bytes(cancel, int32(1), 'k'.repeat(257)),
      'invalid length of cancel key in cancel request packet',
    ],
  ])('%s', (_, body, text) => {
    const error = thrown(() => decodeStartupPacket(body));
    expect(error).toMatchObject({ severity: 'FATAL', sqlstate: '08P01', message: text });
  });

  test('a user name that is not UTF-8', () => {
    const error = thrown(() => decodeStartupPacket(bytes(version, cstring('user'), byte(0xff), byte(0), byte(0))));
    expect(error).toMatchObject({ severity: 'FATAL', sqlstate: '22021' });
  });
});

test('the last of several values for a parameter counts, as in PostgreSQL', () => {
  const body = bytes(version, cstring('user'), cstring('jo'), cstring('user'), cstring('ann'), byte(0));
  expect(decodeStartupPacket(body)).toMatchObject({ parameters: new Map([['user', 'ann']]) });
});

test.each([
  [2, 0],
  [4, 1],
  [1234, 1],
])('a StartupMessage of version %i.%i is left to the session, its parameters unread', (major, minor) => {
  const body = bytes(int16(major), int16(minor), 'anything');
  expect(decodeStartupPacket(body)).toEqual({ type: 'StartupMessage', major, minor, parameters: new Map() });
});
