import { Binary, BinaryView, FixedSizeBinary, LargeBinary, LargeUtf8, Utf8, Utf8View } from 'apache-arrow';
import { postgresTypes } from './postgres-type.js';
import type { ExpectedValue, TypeCase } from './type-case.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

const strings: readonly ExpectedValue[] = [
  ...['', 'a', 'naïve', '日本語', '🐘 '.repeat(40), 'x'.repeat(300), 'NULL', 'a,b "c" \\d\n'].map(
    (text): ExpectedValue => [bytes(text), text, bytes(text).toString('hex')],
  ),
];
const binaries: readonly ExpectedValue[] = ['', '00', 'ff00', 'deadbeef'.repeat(30)].map((text) => [
  hex(text),
  `\\x${text}`,
  text,
]);

/** Text, bytes, UUIDs and JSON that comes as text. */
export const textCases: readonly TypeCase[] = [
  { type: new Utf8(), postgres: postgresTypes.varchar, values: strings },
  { type: new LargeUtf8(), postgres: postgresTypes.varchar, values: strings },
  { type: new Binary(), postgres: postgresTypes.bytea, values: binaries },
  { type: new LargeBinary(), postgres: postgresTypes.bytea, values: binaries },
  {
    type: new FixedSizeBinary(3),
    postgres: postgresTypes.bytea,
    values: [
      [hex('0001ff'), '\\x0001ff', '0001ff'],
      [hex('abcdef'), '\\xabcdef', 'abcdef'],
    ],
  },
  { type: new Utf8View(), postgres: postgresTypes.varchar, values: strings },
  { type: new BinaryView(), postgres: postgresTypes.bytea, values: binaries },
  {
    type: new FixedSizeBinary(16),
    metadata: new Map([['ARROW:extension:name', 'arrow.uuid']]),
    postgres: postgresTypes.uuid,
    values: [
      [
        hex('00000000000000000000000000000001'),
        '00000000-0000-0000-0000-000000000001',
        '00000000000000000000000000000001',
      ],
      [
        hex('8a4b1f2e0c3d4e5f8a9b0c1d2e3f4a5b'),
        '8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b',
        '8a4b1f2e0c3d4e5f8a9b0c1d2e3f4a5b',
      ],
    ],
  },
  ...[new Utf8(), new LargeUtf8(), new Utf8View()].map((type) => ({
    type,
    metadata: new Map([['ARROW:extension:name', 'arrow.json']]),
    postgres: postgresTypes.json,
    values: ['{"a": [1, null]}', '"naïve"', 'null'].map(
      (text): ExpectedValue => [bytes(text), text, bytes(text).toString('hex')],
    ),
  })),
];
