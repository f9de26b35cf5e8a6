import { type BackendMessage, encodeBackendMessage, FrameWriter, traceBackend, traceFrontend } from '@riffq/wire';
import { serialize } from 'pg-protocol';
import { describe, expect, inject, test } from 'vitest';
import { cancelRequest, normaliseTrace, RawClient } from '../src/index.js';

const oracle = inject('oracle');

function traceOf(...messages: readonly BackendMessage[]): string {
  const writer = new FrameWriter();
  for (const message of messages) encodeBackendMessage(writer, message);
  return traceBackend(writer.take());
}

const field = { name: 'a "1" b', tableOid: 0, columnNumber: 0, typeOid: 23, typeSize: 4, typeModifier: -1 };
const fields = { message: 'one\ntwo', sqlstate: '42P01', where: 'here' } as const;
const data = Buffer.from('bytes');

/** Each type of message that a server sends, once. */
const everyMessage: Readonly<Record<BackendMessage['type'], BackendMessage>> = {
  AuthenticationOk: { type: 'AuthenticationOk' },
  AuthenticationKerberosV5: { type: 'AuthenticationKerberosV5' },
  AuthenticationCleartextPassword: { type: 'AuthenticationCleartextPassword' },
  AuthenticationMD5Password: { type: 'AuthenticationMD5Password', salt: Buffer.from('salt') },
  AuthenticationGSS: { type: 'AuthenticationGSS' },
  AuthenticationGSSContinue: { type: 'AuthenticationGSSContinue', data },
  AuthenticationSSPI: { type: 'AuthenticationSSPI' },
  AuthenticationSASL: { type: 'AuthenticationSASL', mechanisms: ['SCRAM-SHA-256'] },
  AuthenticationSASLContinue: { type: 'AuthenticationSASLContinue', data },
  AuthenticationSASLFinal: { type: 'AuthenticationSASLFinal', data },
  BackendKeyData: { type: 'BackendKeyData', processId: 4711, secretKey: Buffer.alloc(32, "'") },
  BindComplete: { type: 'BindComplete' },
  CloseComplete: { type: 'CloseComplete' },
  CommandComplete: { type: 'CommandComplete', tag: 'SELECT 1' },
  CopyBothResponse: { type: 'CopyBothResponse', format: 'binary', columnFormats: ['text', 'binary'] },
  CopyData: { type: 'CopyData', data },
  CopyDone: { type: 'CopyDone' },
  CopyInResponse: { type: 'CopyInResponse', format: 'text', columnFormats: ['text'] },
  CopyOutResponse: { type: 'CopyOutResponse', format: 'binary', columnFormats: ['binary'] },
  DataRow: { type: 'DataRow', values: [Buffer.from('16384 F "x" L "1"')] },
  EmptyQueryResponse: { type: 'EmptyQueryResponse' },
  ErrorResponse: { type: 'ErrorResponse', fields },
  FunctionCallResponse: { type: 'FunctionCallResponse', value: data },
  NegotiateProtocolVersion: { type: 'NegotiateProtocolVersion', minor: 2, options: ['_pq_.x'] },
  NoData: { type: 'NoData' },
  NoticeResponse: { type: 'NoticeResponse', fields },
  NotificationResponse: { type: 'NotificationResponse', processId: 4711, channel: 'c', payload: '20000' },
  ParameterDescription: { type: 'ParameterDescription', typeOids: [23, 25] },
  ParameterStatus: { type: 'ParameterStatus', name: 'TimeZone', value: 'UTC' },
  ParseComplete: { type: 'ParseComplete' },
  PortalSuspended: { type: 'PortalSuspended' },
  ReadyForQuery: { type: 'ReadyForQuery', status: 'I' },
  RowDescription: { type: 'RowDescription', fields: [field] },
};

const everything = traceOf(...Object.values(everyMessage));

describe('the normalised trace', () => {
  test('lacks no message and no byte count of one that has nothing to hide', () => {
    expect(normaliseTrace(everything)).toBe(
      everything
        .replace(/( 4711).*(?=\nB\t4\tBindComplete)/, ' * *')
        .replace('NotificationResponse\t 4711', 'NotificationResponse\t *'),
    );
  });

  test.each(Object.keys(everyMessage))('tells when %s is left out', (left) => {
    const others = Object.values(everyMessage).filter(({ type }) => type !== left);
    expect(normaliseTrace(traceOf(...others))).not.toBe(normaliseTrace(everything));
  });

  test.each(Object.keys(everyMessage))('tells when %s has another length', (name) => {
    const broken = everything.replace(new RegExp(`^B\\t\\d+(?=\\t${name}$|\\t${name}\\t)`, 'm'), '$&0');
    expect(normaliseTrace(broken)).not.toBe(normaliseTrace(everything));
  });

  test('is what it was when it is normalised again', () => {
    expect(normaliseTrace(normaliseTrace(everything))).toBe(normaliseTrace(everything));
  });
});

const keyData = (processId: number, secretKey: Buffer): string =>
  traceOf({ type: 'BackendKeyData', processId, secretKey });
const version = (value: string): string => traceOf({ type: 'ParameterStatus', name: 'server_version', value });
const row = (...changed: readonly Partial<typeof field>[]): string =>
  traceOf({ type: 'RowDescription', fields: changed.map((change) => ({ ...field, ...change })) });
const parameters = (...typeOids: readonly number[]): string => traceOf({ type: 'ParameterDescription', typeOids });
const parse = (text: string, types: number[]): string => traceFrontend(serialize.parse({ text, types }));
const notification = (processId: number, payload = ''): string =>
  traceOf({ type: 'NotificationResponse', processId, channel: 'c', payload });
const cancel = (key: string): string => traceFrontend(cancelRequest(Buffer.from(key, 'hex')), { startup: true });

/** An ErrorResponse with any fields in any order. */
function error(fields: Readonly<Record<string, string>>): string {
  const texts = Object.entries({ S: 'ERROR', ...fields }).map(([type, text]) => `${type}${text}\0`);
  const frame = Buffer.from(`E----${texts.join('')}\0`);
  frame.writeInt32BE(frame.length - 1, 1);
  return traceBackend(frame);
}

describe('two traces are equal', () => {
  test.each([
    ['whatever process id and key are', keyData(1, Buffer.alloc(4)), keyData(2 ** 32 - 1, Buffer.alloc(4, 1))],
    ['whatever long keys are', keyData(1, Buffer.alloc(32, "'x")), keyData(1, Buffer.alloc(32, 0))],
    ['whoever has notified', notification(1), notification(2)],
    ['whoever is cancelled', cancel('0000000100000002'), cancel('ffffffffffffffff')],
    ['whatever the version of the server is', version('18.4'), version('15.20 (Debian 15.20-0+deb12u1)')],
    [
      'whatever an object of the user is called inside',
      row({ tableOid: 16_384 }, {}),
      row({ tableOid: 2 ** 32 - 1 }, {}),
    ],
    ['whatever a type of the user is called inside', row({ typeOid: 20_000 }), row({ typeOid: 30_000 })],
    [
      'whatever the type of a parameter is called inside',
      parameters(23, 20_000, 25),
      parameters(23, 4_000_000_000, 25),
    ],
    ['whatever a declared type is called inside', parse('select $1', [23, 20_000]), parse('select $1', [23, 30_000])],
    [
      'wherever in the source code an error comes from',
      error({ M: 'no\nway', F: 'int.c', L: '846', R: 'int4div' }),
      error({ M: 'no\nway', F: 'numeric.c', L: '11', R: 'div_var' }),
    ],
    [
      'though one does not say where an error comes from',
      error({ M: 'no', F: 'a.c', L: '8', R: 'b' }),
      error({ M: 'no' }),
    ],
  ])('%s', (_, one, other) => {
    expect(one).not.toBe(other);
    expect(normaliseTrace(one)).toBe(normaliseTrace(other));
  });
});

describe('two traces differ', () => {
  test.each([
    ['by the length of a key', keyData(1, Buffer.alloc(4)), keyData(1, Buffer.alloc(32))],
    ['by what is notified', notification(1, '20000'), notification(1, '20001')],
    ['by the version, where it is another parameter', version('18').replace('_version', '_wersion'), version('18')],
    ['by a type that is built in', row({ typeOid: 23 }), row({ typeOid: 16_383 })],
    ['by whether a type is built in', row({ typeOid: 23 }), row({ typeOid: 16_384 })],
    ['by whether a column is one of a table', row({ tableOid: 0 }), row({ tableOid: 16_384 })],
    ['by the number of a column', row({ columnNumber: 20_000 }), row({ columnNumber: 20_001 })],
    ['by the size of a type', row({ typeSize: -1 }), row({ typeSize: -2 })],
    ['by the modifier of a type', row({ typeModifier: 655_366 }), row({ typeModifier: 655_367 })],
    ['by the name of a column', row({ name: '20000' }), row({ name: '20001' })],
    ['by a parameter that is built in', parameters(23, 20_000), parameters(25, 20_000)],
    ['by the number of parameters', parameters(20_000), parameters(20_000, 20_001)],
    ['by the text of a statement', parse('select 20000', [20_000]), parse('select 20001', [20_000])],
    ['by the text of an error', error({ M: 'no F 1', F: 'a.c' }), error({ M: 'no F 2', F: 'a.c' })],
    ['by where an error is in the statement', error({ P: '8', L: '8' }), error({ P: '9', L: '8' })],
  ])('%s', (_, one, other) => {
    expect(normaliseTrace(one)).not.toBe(normaliseTrace(other));
  });
});

test('two sessions that do the same on PostgreSQL have the same normalised trace', async () => {
  const play = async () => {
    await using client = await RawClient.connect(
      { host: oracle.socketDirectory, port: oracle.port },
      { user: oracle.user, database: oracle.database, protocol: '3.2' },
    );
    await client.ask(serialize.query('create temporary table numbers (n numeric(10, 2)); listen c; notify c'));
    await client.ask(serialize.query('select n from numbers; select 1 / 0'));
    return client.trace();
  };
  const traces = [await play(), await play()];
  expect(traces[0]).not.toBe(traces[1]);
  expect(normaliseTrace(traces[0] ?? '')).toBe(normaliseTrace(traces[1] ?? ''));
  expect(normaliseTrace(traces[0] ?? '')).toMatch(/RowDescription\t 1 "n" \* 1 1700 65535 655366 0\n/);
  expect(normaliseTrace(traces[0] ?? '')).toMatch(/M "division by zero" \\x00\n/);
});
