import fc from 'fast-check';
import { serialize } from 'pg-protocol';
import {
  bind,
  closePortal,
  closeStatement,
  cstring,
  describePortal,
  describeStatement,
  execute,
  flush,
  frame,
  int32,
  parse,
  query,
  sync,
} from '../frames.js';
import { gssencRequest, sslRequest, startupMessage, startupPacket } from '../startup-packets.js';
import { statements, waitingStatements } from './fuzzed-connection.js';

/** Bytes of a client, and what they are in words: a failing run is to be read. */
export type Saying = readonly [words: string, bytes: Uint8Array];

const sql = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...statements) },
  { weight: 1, arbitrary: fc.constantFrom(...waitingStatements) },
);
const name = fc.constantFrom('', '', 'a');
const garbage = fc.uint8Array({ maxLength: 20 });
const type = fc.constantFrom(...'BCdcfDEHFPpQSX!\0');

const text = fc.array(sql, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('; '));

const copyTexts = ['1\t2\n', '1\t2', '\n', '1\t2\t3\n', '\\.\n', '"1', ',"\n', '\\N\t\\x\n', 'é\t\xff\n', ''];
const copyData = fc.oneof(
  fc.constantFrom(...copyTexts).map((data) => Buffer.from(data)),
  fc.constantFrom('PGCOPY\n\xff\r\n\0', '\0\x01', '\xff\xff').map((data) => Buffer.from(data, 'latin1')),
  garbage.map((data) => Buffer.from(data)),
);

const legal: fc.Arbitrary<Saying> = fc.oneof(
  { weight: 5, arbitrary: text.map((sent): Saying => [`Query ${sent}`, query(sent)]) },
  {
    weight: 5,
    arbitrary: fc.tuple(sql, name, fc.constantFrom(0, 0, 1)).map(([sent, portal, rows]): Saying => {
      const frames = [parse(sent), bind({ portal }), describePortal(portal), execute(portal, rows)];
      return [`extended ${portal} ${sent} ${rows}`, Buffer.concat(frames)];
    }),
  },
  { weight: 2, arbitrary: fc.tuple(sql, name).map(([of, as]): Saying => [`Parse ${as} ${of}`, parse(of, as)]) },
  { weight: 1, arbitrary: name.map((of): Saying => [`Bind ${of}`, bind({ portal: of, statement: of })]) },
  { weight: 1, arbitrary: name.map((of): Saying => [`Describe statement ${of}`, describeStatement(of)]) },
  { weight: 1, arbitrary: name.map((of): Saying => [`Describe portal ${of}`, describePortal(of)]) },
  { weight: 1, arbitrary: name.map((of): Saying => [`Execute ${of}`, execute(of, 1)]) },
  { weight: 1, arbitrary: name.map((of): Saying => [`Close statement ${of}`, closeStatement(of)]) },
  { weight: 1, arbitrary: name.map((of): Saying => [`Close portal ${of}`, closePortal(of)]) },
  { weight: 5, arbitrary: fc.constant<Saying>(['Sync', sync()]) },
  { weight: 1, arbitrary: fc.constant<Saying>(['Flush', flush()]) },
  { weight: 4, arbitrary: copyData.map((data): Saying => [`CopyData ${hex(data)}`, serialize.copyData(data)]) },
  { weight: 3, arbitrary: fc.constant<Saying>(['CopyDone', serialize.copyDone()]) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom('all_of', 'none_of', 'some_of'), copyData).map(([table, data]): Saying => {
      const frames = [query(`copy ${table} (a, b) from stdin`), serialize.copyData(data), serialize.copyDone()];
      return [`copy ${table} ${hex(data)}`, Buffer.concat(frames)];
    }),
  },
  { weight: 1, arbitrary: fc.constant<Saying>(['CopyFail', serialize.copyFail('enough')]) },
);

const illegal: fc.Arbitrary<Saying> = fc.oneof(
  garbage.map((bytes): Saying => [`bytes ${hex(bytes)}`, bytes]),
  fc.tuple(type, garbage).map(([of, body]): Saying => [`${of} ${hex(body)}`, frame(of, [body])]),
  fc
    .tuple(type, fc.constantFrom(-1, 0, 3, 4, 5, 9999, 10_001, 0x10000000, 0x7fffffff))
    .map(([of, length]): Saying => [`${of} of length ${length}`, Buffer.concat([Buffer.from(of), int32(length)])]),
  fc.constant<Saying>(['FunctionCall', frame('F', [int32(1), Buffer.alloc(6)])]),
  fc.constant<Saying>(['Terminate', serialize.end()]),
  fc.constant<Saying>(['a password', serialize.password('out of place')]),
  fc.constant<Saying>(['a second StartupMessage', startupMessage(0, { user: 'alice' })]),
  fc.constant<Saying>(['an SSLRequest', sslRequest]),
  fc.constant<Saying>(['bad UTF-8', query('x\xff')]),
  fc
    .tuple(legal, fc.nat(60))
    .map(([[words, bytes], cut]): Saying => [`${words}, cut at ${cut}`, bytes.subarray(0, cut)]),
);

/** What a client says in a session. */
export const inSession: fc.Arbitrary<Saying> = fc.oneof(
  { weight: 12, arbitrary: legal },
  { weight: 1, arbitrary: illegal },
);

/** What a client says before the session, instead of what lets it in. */
export const beforeSession: fc.Arbitrary<Saying> = fc.oneof(
  fc.constant<Saying>(['SSLRequest', sslRequest]),
  fc.constant<Saying>(['GSSENCRequest', gssencRequest]),
  fc.constant<Saying>(['a user who is not wanted', startupMessage(0, { user: 'unwanted' })]),
  fc.constant<Saying>(['a wrong password', serialize.password('wrong')]),
  fc.constant<Saying>(['no user', startupMessage(2, {})]),
  fc.constant<Saying>(['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')]),
  fc.constant<Saying>(['TLS', Buffer.from('1603010200010001fc0303', 'hex')]),
  fc.constant<Saying>(['a setting that there is not', startupMessage(0, { user: 'alice', options: '-c no=1 -x' })]),
  fc.constant<Saying>(['no end', startupPacket(3, 0, cstring('user'))]),
  fc
    .tuple(fc.nat(0xffff), fc.nat(0xffff), garbage)
    .map(([major, minor, body]): Saying => [`version ${major}.${minor}`, startupPacket(major, minor, body)]),
  fc.constantFrom(-1, 0, 3, 4, 7, 8, 10_001, 0x7fffffff).map((length): Saying => [`length ${length}`, int32(length)]),
  fc.uint8Array({ maxLength: 300 }).map((key): Saying => [`cancel ${hex(key)}`, startupPacket(1234, 5678, key)]),
  illegal,
);

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
