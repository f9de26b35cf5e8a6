import { serialize } from 'pg-protocol';

/** Frontend messages, made by pg-protocol; only what that cannot say is written byte by byte. */

export const query = (sql: string): Uint8Array => serialize.query(sql);
export const sync = (): Uint8Array => serialize.sync();
export const flush = (): Uint8Array => serialize.flush();
export const parse = (text: string, name = '', types: readonly number[] = []): Uint8Array =>
  serialize.parse({ text, name, types: [...types] });
export const describeStatement = (name = ''): Uint8Array => serialize.describe({ type: 'S', name });
export const describePortal = (name = ''): Uint8Array => serialize.describe({ type: 'P', name });
export const execute = (portal = '', rows = 0): Uint8Array => frame('E', [cstring(portal), int32(rows)]);
export const closeStatement = (name = ''): Uint8Array => serialize.close({ type: 'S', name });
export const closePortal = (name = ''): Uint8Array => serialize.close({ type: 'P', name });

export interface BindFields {
  readonly portal?: string;
  readonly statement?: string;
  readonly parameterFormats?: readonly number[];
  readonly values?: readonly (string | Uint8Array | null)[];
  readonly resultFormats?: readonly number[];
}

/** Bind with any number of format codes, right or wrong. */
export function bind(fields: BindFields = {}): Uint8Array {
  const { portal = '', statement = '', parameterFormats = [], values = [], resultFormats = [] } = fields;
  return frame('B', [
    cstring(portal),
    cstring(statement),
    int16(parameterFormats.length),
    ...parameterFormats.map(int16),
    int16(values.length),
    ...values.flatMap(value),
    int16(resultFormats.length),
    ...resultFormats.map(int16),
  ]);
}

/** Parse, Bind, Describe of the portal and Execute, without Sync: what most drivers send for a query. */
export function extended(sql: string, fields: BindFields & { readonly types?: readonly number[] } = {}): Uint8Array {
  return Buffer.concat([
    parse(sql, fields.statement, fields.types),
    bind(fields),
    describePortal(fields.portal),
    execute(fields.portal),
  ]);
}

/** Any message, well-formed or not. */
export function frame(type: string, body: readonly Uint8Array[]): Uint8Array {
  const bytes = Buffer.concat(body);
  return Buffer.concat([Buffer.from(type), int32(bytes.length + 4), bytes]);
}

export const cstring = (text: string): Buffer => Buffer.from(`${text}\0`);

export function int16(number: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(number & 0xffff);
  return bytes;
}

export function int32(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(number);
  return bytes;
}

function value(content: string | Uint8Array | null): readonly Uint8Array[] {
  if (content === null) return [int32(-1)];
  const bytes = Buffer.from(content);
  return [int32(bytes.length), bytes];
}
