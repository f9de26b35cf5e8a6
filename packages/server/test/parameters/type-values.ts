import { type TypeTexts, typeTexts } from '@riffq/all-types';
import type { ParameterValue } from '../../src/query-context.js';

/** A type, some texts of values in PostgreSQL's own style, and what a parameter of such a text becomes. */
export interface TypeValues extends TypeTexts {
  readonly toValue: (text: string) => ParameterValue;
}

const numbers = (text: string): readonly number[] => text.split(' ').map(Number);

/** All other values stay text. */
const values = new Map<string, TypeValues['toValue']>([
  ['bool', (text: string) => text === 't'],
  ...['int2', 'int4', 'oid', 'xid', 'cid', 'float8'].map((type) => [type, Number] as const),
  ['int8', BigInt],
  ['xid8', BigInt],
  ['float4', (text: string) => Math.fround(Number(text))],
  ['bytea', (text: string) => new Uint8Array(Buffer.from(text.slice(2), 'hex'))],
  ['int2vector', numbers],
  ['oidvector', numbers],
]);

/** Every type that is decoded and that PostgreSQL can read, write, send and receive. */
export const typeValues: readonly TypeValues[] = typeTexts.map(({ type, texts }) => ({
  type,
  texts,
  toValue: values.get(type) ?? ((text) => text),
}));
