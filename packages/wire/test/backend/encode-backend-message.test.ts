import { type BackendMessage, encodeBackendMessage, FrameWriter } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { byte, bytes, cstring, int16, message, sized } from '../test-bytes.js';
import { thrown } from '../thrown.js';
import { backendExamples } from './backend-messages.js';

function encode(...messages: readonly BackendMessage[]): Uint8Array {
  const writer = new FrameWriter();
  for (const entry of messages) encodeBackendMessage(writer, entry);
  return writer.take();
}

describe('each message of the backend', () => {
  test.each(backendExamples)('$name is encoded', ({ message: entry, bytes: expected }) => {
    expect(encode(entry)).toEqual(expected);
  });

  test('all of them one after the other are the same bytes in a row', () => {
    const messages = backendExamples.map((example) => example.message);
    expect(encode(...messages)).toEqual(bytes(...backendExamples.map((example) => example.bytes)));
  });
});

describe('a NUL in a text does not break the message', () => {
  test('the text is cut before it', () => {
    expect(encode({ type: 'CommandComplete', tag: 'SELECT\u00001' })).toEqual(message('C', cstring('SELECT')));
  });

  test('a long text beyond ASCII is cut before it', () => {
    const text = 'é'.repeat(100);
    expect(encode({ type: 'CommandComplete', tag: `${text}\0more` })).toEqual(message('C', cstring(text)));
  });

  test('each field of an error is cut by itself', () => {
    expect(encode({ type: 'ErrorResponse', fields: { message: 'a\0b', hint: '\0' } })).toEqual(
      message('E', cstring('SERROR'), cstring('VERROR'), cstring('CXX000'), cstring('Ma'), cstring('H'), byte(0)),
    );
  });

  test('a value is not cut: its length is told', () => {
    expect(encode({ type: 'DataRow', values: ['a\0b'] })).toEqual(message('D', int16(1), sized('a\0b')));
  });
});

test('half a surrogate pair is sent as U+FFFD', () => {
  expect(encode({ type: 'CommandComplete', tag: 'a\ud800b' })).toEqual(message('C', cstring('a\ufffdb')));
});

test('65,535 columns are sent, one more is an error that leaves the messages before it', () => {
  const writer = new FrameWriter();
  encodeBackendMessage(writer, { type: 'DataRow', values: new Array<null>(65_535).fill(null) });
  expect(writer.size).toBe(1 + 4 + 2 + 65_535 * 4);
  writer.take();
  encodeBackendMessage(writer, { type: 'NoData' });
  const values = new Array<null>(65_536).fill(null);
  expect(thrown(() => encodeBackendMessage(writer, { type: 'DataRow', values }))).toMatchObject({
    severity: 'ERROR',
    sqlstate: '54000',
  });
  expect(writer.take()).toEqual(message('n'));
});

test('a value longer than PostgreSQL can send is an error that leaves the messages before it', () => {
  const writer = new FrameWriter();
  encodeBackendMessage(writer, { type: 'NoData' });
  // Never touched, so the system does not have to find the memory.
  const value = new Uint8Array(0x4000_0000);
  expect(thrown(() => encodeBackendMessage(writer, { type: 'DataRow', values: ['a', value] }))).toMatchObject({
    sqlstate: '54000',
    message: 'string buffer exceeds maximum allowed length (1073741823 bytes)',
    fields: { detail: 'Cannot enlarge string buffer containing 16 bytes by 1073741824 more bytes.' },
  });
  encodeBackendMessage(writer, { type: 'ReadyForQuery', status: 'I' });
  expect(writer.take()).toEqual(bytes(message('n'), message('Z', 'I')));
});
