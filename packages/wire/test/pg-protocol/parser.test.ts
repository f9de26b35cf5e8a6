import { PassThrough } from 'node:stream';
import { type BackendMessage, encodeBackendMessage, FrameWriter } from '@riffq/wire';
import { parse } from 'pg-protocol';
import { describe, expect, test } from 'vitest';
import { backendExamples } from '../backend/backend-messages.js';
import { bytes, int32 } from '../test-bytes.js';

async function read(...messages: readonly BackendMessage[]): Promise<unknown[]> {
  const writer = new FrameWriter();
  for (const message of messages) encodeBackendMessage(writer, message);
  const stream = new PassThrough();
  const parsed: unknown[] = [];
  const done = parse(stream, (message) => parsed.push(message));
  stream.end(writer.take());
  await done;
  return parsed;
}

/** What node-postgres does not know, or reads without looking into it. */
const unknownToPgProtocol = [
  'AuthenticationKerberosV5',
  'AuthenticationGSS',
  'AuthenticationGSSContinue',
  'AuthenticationSSPI',
  'CopyBothResponse',
  'FunctionCallResponse',
  'NegotiateProtocolVersion',
];

const errorFields = {
  sqlstate: '23505',
  message: 'no',
  detail: 'd',
  hint: 'h',
  position: 15,
  where: 'w',
  schema: 's',
  table: 't',
  column: 'c',
  dataType: 'y',
  constraint: 'n',
} as const;

const parsedFields = {
  code: '23505',
  message: 'no',
  detail: 'd',
  hint: 'h',
  position: '15',
  where: 'w',
  schema: 's',
  table: 't',
  column: 'c',
  dataType: 'y',
  constraint: 'n',
  file: undefined,
};

const examples: readonly (readonly [BackendMessage, object])[] = [
  [{ type: 'AuthenticationOk' }, { name: 'authenticationOk' }],
  [{ type: 'AuthenticationCleartextPassword' }, { name: 'authenticationCleartextPassword' }],
  [
    { type: 'AuthenticationMD5Password', salt: bytes('salt') },
    { name: 'authenticationMD5Password', salt: Buffer.from('salt') },
  ],
  [
    { type: 'AuthenticationSASL', mechanisms: ['A', 'B'] },
    { name: 'authenticationSASL', mechanisms: ['A', 'B'] },
  ],
  [
    { type: 'AuthenticationSASLContinue', data: bytes('r=abc') },
    { name: 'authenticationSASLContinue', data: 'r=abc' },
  ],
  [
    { type: 'AuthenticationSASLFinal', data: bytes('v=abc') },
    { name: 'authenticationSASLFinal', data: 'v=abc' },
  ],
  [
    { type: 'BackendKeyData', processId: 4711, secretKey: int32(77) },
    { name: 'backendKeyData', processID: 4711, secretKey: 77 },
  ],
  [{ type: 'BindComplete' }, { name: 'bindComplete' }],
  [{ type: 'CloseComplete' }, { name: 'closeComplete' }],
  [{ type: 'CopyDone' }, { name: 'copyDone' }],
  [{ type: 'EmptyQueryResponse' }, { name: 'emptyQuery' }],
  [{ type: 'NoData' }, { name: 'noData' }],
  [{ type: 'ParseComplete' }, { name: 'parseComplete' }],
  [{ type: 'PortalSuspended' }, { name: 'portalSuspended' }],
  [
    { type: 'CommandComplete', tag: 'SELECT 1' },
    { name: 'commandComplete', text: 'SELECT 1' },
  ],
  [
    { type: 'CopyInResponse', format: 'text', columnFormats: ['text', 'text'] },
    { name: 'copyInResponse', binary: false, columnTypes: [0, 0] },
  ],
  [
    { type: 'CopyOutResponse', format: 'binary', columnFormats: ['binary'] },
    { name: 'copyOutResponse', binary: true, columnTypes: [1] },
  ],
  [
    { type: 'CopyData', data: bytes('1\n') },
    { name: 'copyData', chunk: Buffer.from('1\n') },
  ],
  [
    { type: 'DataRow', values: ['zwölf', null, '', bytes('raw')] },
    { name: 'dataRow', fieldCount: 4, fields: ['zwölf', null, '', 'raw'] },
  ],
  [
    { type: 'ErrorResponse', fields: { ...errorFields, severity: 'FATAL' } },
    { name: 'error', severity: 'FATAL', ...parsedFields },
  ],
  [
    { type: 'NoticeResponse', fields: { ...errorFields, severity: 'WARNING' } },
    { name: 'notice', severity: 'WARNING', ...parsedFields },
  ],
  [
    { type: 'NotificationResponse', processId: 4711, channel: 'news', payload: 'it rains' },
    { name: 'notification', processId: 4711, channel: 'news', payload: 'it rains' },
  ],
  [
    { type: 'ParameterDescription', typeOids: [23, 4_000_000_000] },
    { name: 'parameterDescription', dataTypeIDs: [23, 4_000_000_000] },
  ],
  [
    { type: 'ParameterStatus', name: 'TimeZone', value: 'UTC' },
    { name: 'parameterStatus', parameterName: 'TimeZone', parameterValue: 'UTC' },
  ],
  [
    { type: 'ReadyForQuery', status: 'T' },
    { name: 'readyForQuery', status: 'T' },
  ],
  [
    {
      type: 'RowDescription',
      fields: [
        { name: 'größe', typeOid: 1043, typeModifier: 14, tableOid: 4_000_000_000, columnNumber: 2, format: 'binary' },
        { name: 'id', typeOid: 23 },
      ],
    },
    {
      name: 'rowDescription',
      fieldCount: 2,
      fields: [
        {
          name: 'größe',
          tableID: 4_000_000_000,
          columnID: 2,
          dataTypeID: 1043,
          dataTypeSize: -1,
          dataTypeModifier: 14,
          format: 'binary',
        },
        {
          name: 'id',
          tableID: 0,
          columnID: 0,
          dataTypeID: 23,
          dataTypeSize: 4,
          dataTypeModifier: -1,
          format: 'text',
        },
      ],
    },
  ],
];

describe('node-postgres reads what is encoded', () => {
  test.each(examples)('$type', async (message, expected) => {
    expect(await read(message)).toEqual([expect.objectContaining(expected)]);
  });

  test('all messages in a row', async () => {
    const parsed = await read(...examples.map(([message]) => message));
    expect(parsed).toEqual(examples.map(([, expected]) => expect.objectContaining(expected)));
  });

  test('every message that it knows is tried', () => {
    const types = new Set<string>(backendExamples.map((example) => example.message.type));
    for (const [message] of examples) types.delete(message.type);
    expect([...types].sort()).toEqual([...unknownToPgProtocol].sort());
  });
});
