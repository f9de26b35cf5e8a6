import type { ParameterValue } from '../../src/query-context.js';

/** One type, some texts of values in PostgreSQL's own style, and what a parameter of such a text becomes. */
export interface TypeValues {
  readonly type: string;
  readonly texts: readonly string[];
  readonly toValue: (text: string) => ParameterValue;
}

const same = (text: string): string => text;
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.slice(2), 'hex'));

/** Every type that is decoded and that PostgreSQL can read, write, send and receive. */
export const typeValues: readonly TypeValues[] = [
  { type: 'bool', texts: ['t', 'f'], toValue: (text) => text === 't' },
  { type: 'int2', texts: ['0', '-32768', '32767'], toValue: Number },
  { type: 'int4', texts: ['0', '-2147483648', '2147483647'], toValue: Number },
  { type: 'int8', texts: ['0', '-9223372036854775808', '9223372036854775807'], toValue: BigInt },
  { type: 'oid', texts: ['0', '4294967295'], toValue: Number },
  { type: 'xid', texts: ['3', '4294967295'], toValue: Number },
  { type: 'cid', texts: ['0', '4294967295'], toValue: Number },
  { type: 'xid8', texts: ['0', '18446744073709551615'], toValue: BigInt },
  {
    type: 'float4',
    texts: ['0', '-1.5', '3.4028235e+38', 'NaN', '-Infinity'],
    toValue: (text) => Math.fround(Number(text)),
  },
  { type: 'float8', texts: ['0', '0.1', '1e-300', '-1.7976931348623157e+308', 'NaN', 'Infinity'], toValue: Number },
  {
    type: 'numeric',
    texts: ['0', '0.00', '-123456789012345678901234567890.00012300', 'NaN', 'Infinity'],
    toValue: same,
  },
  { type: 'money', texts: ['$0.00', '-$1,234.56'], toValue: same },
  { type: 'text', texts: ['', 'NULL', 'a "quoted", {braced} \\ é😀'], toValue: same },
  { type: 'varchar', texts: ['', ' a '], toValue: same },
  { type: 'bpchar', texts: ['', 'a  '], toValue: same },
  { type: 'name', texts: ['', 'pg_class'], toValue: same },
  { type: '"char"', texts: ['', 'a', '\\351'], toValue: same },
  { type: 'xml', texts: ['<a b="c">é</a>'], toValue: same },
  { type: 'json', texts: ['null', '{"b": [1, "é\\n"],  "a":1e3}'], toValue: same },
  { type: 'jsonb', texts: ['null', '{"a": 1000, "b": [1, "é\\n"]}'], toValue: same },
  { type: 'bytea', texts: ['\\x', '\\x00ff5c22'], toValue: bytes },
  { type: 'varbit', texts: ['', '1', '10100101011'], toValue: same },
  { type: 'uuid', texts: ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'], toValue: same },
  { type: 'date', texts: ['2024-02-29', '0044-03-15 BC', '12345-01-01', 'infinity', '-infinity'], toValue: same },
  { type: 'time', texts: ['00:00:00', '04:05:06.789', '24:00:00'], toValue: same },
  { type: 'timetz', texts: ['04:05:06.789-08', '00:00:00+05:30', '23:59:59.999999+00:00:01'], toValue: same },
  { type: 'timestamp', texts: ['2024-01-02 03:04:05.123456', '0044-03-15 12:00:00 BC', 'infinity'], toValue: same },
  {
    type: 'timestamptz',
    texts: ['2024-01-02 03:04:05.123456+00', '0001-01-01 00:00:00+00 BC', '-infinity'],
    toValue: same,
  },
  {
    type: 'interval',
    texts: ['00:00:00', '1 year 2 mons -3 days +04:05:06.789', '-1 mons', 'infinity'],
    toValue: same,
  },
  { type: 'inet', texts: ['10.0.0.1', '10.0.0.1/8', '::ffff:1.2.3.4', '2001:db8::1/64'], toValue: same },
  { type: 'cidr', texts: ['10.0.0.0/8', '10.0.0.1/32', '2001:db8::/32'], toValue: same },
  { type: 'macaddr', texts: ['08:00:2b:01:02:03'], toValue: same },
  { type: 'macaddr8', texts: ['08:00:2b:01:02:03:04:05'], toValue: same },
  { type: 'pg_lsn', texts: ['0/0', '16/B374D848', 'FFFFFFFF/FFFFFFFF'], toValue: same },
  { type: 'tid', texts: ['(0,0)', '(4294967295,65535)'], toValue: same },
  { type: 'pg_snapshot', texts: ['10:20:', '10:20:10,14,15'], toValue: same },
  { type: 'txid_snapshot', texts: ['10:20:10,14,15'], toValue: same },
  { type: 'point', texts: ['(0.1,-1e+300)', '(NaN,Infinity)', '(-0,1)'], toValue: same },
  { type: 'lseg', texts: ['[(1,2),(3,4.5)]'], toValue: same },
  { type: 'box', texts: ['(3,4),(1,2)'], toValue: same },
  { type: 'line', texts: ['{1,-1,0.5}'], toValue: same },
  { type: 'path', texts: ['[(1,2),(3,4)]', '((1,2))'], toValue: same },
  { type: 'polygon', texts: ['((0,0),(1,0.5),(0,1))'], toValue: same },
  { type: 'circle', texts: ['<(1,2),0>', '<(0.5,0),3>'], toValue: same },
  { type: 'int4range', texts: ['empty', '(,)', '(,5)', '[-3,)', '[1,6)'], toValue: same },
  { type: 'int8range', texts: ['[-9223372036854775808,9223372036854775807)'], toValue: same },
  { type: 'numrange', texts: ['[1.50,1.50]', '(-Infinity,NaN)', '(-2.5,-2.25]', '[0,)'], toValue: same },
  { type: 'daterange', texts: ['[2024-01-01,2024-02-01)', '[-infinity,infinity]'], toValue: same },
  { type: 'tsrange', texts: ['["2024-01-01 00:00:00","2024-01-02 00:00:00.5"]', '(-infinity,)'], toValue: same },
  { type: 'tstzrange', texts: ['["2024-01-01 00:00:00+00",infinity)'], toValue: same },
  { type: 'int4multirange', texts: ['{}', '{[1,3),[5,7)}'], toValue: same },
  { type: 'int8multirange', texts: ['{(,3),[5,)}'], toValue: same },
  { type: 'nummultirange', texts: ['{[1.5,1.5],(2,3)}'], toValue: same },
  { type: 'datemultirange', texts: ['{[2024-01-01,2024-02-01)}'], toValue: same },
  { type: 'tsmultirange', texts: ['{["2024-01-01 00:00:00","2024-01-02 00:00:00"]}'], toValue: same },
  { type: 'tstzmultirange', texts: ['{["2024-01-01 00:00:00+00",infinity)}'], toValue: same },
  { type: 'tsvector', texts: ['', "'a':1A,2B,3C,4 'zz':16383 'é\\\\ '''"], toValue: same },
  {
    type: 'tsquery',
    texts: ["'a' & !( 'b':* | 'c':AB ) <-> 'd\\\\ '''", "'a' <2> ( 'b' <-> 'c' ) | !!'d':*ABCD"],
    toValue: same,
  },
  { type: 'jsonpath', texts: ['$."a"[*]?(@ > 1)', 'strict $'], toValue: same },
  { type: 'int2vector', texts: ['1 -2 3'], toValue: (text) => text.split(' ').map(Number) },
  { type: 'oidvector', texts: ['26 4294967295'], toValue: (text) => text.split(' ').map(Number) },
];

/** Those of them that clients can send in either format, and get as text alone. */
export const textAlone: ReadonlySet<string> = new Set([
  'money',
  'pg_lsn',
  'tid',
  ...['pg_snapshot', 'txid_snapshot'],
  ...['point', 'lseg', 'box', 'line', 'path', 'polygon', 'circle'],
  ...['int4', 'int8', 'num', 'date', 'ts', 'tstz'].flatMap((subtype) => [`${subtype}range`, `${subtype}multirange`]),
  ...['tsvector', 'tsquery', 'jsonpath'],
]);
