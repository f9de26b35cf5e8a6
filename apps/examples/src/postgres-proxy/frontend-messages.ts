import { type Format, FrameWriter } from '@riffq/wire';
import { serialize } from 'pg-protocol';

/** Messages for the upstream server, as bytes. */
export const query = (sql: string): Buffer => serialize.query(sql);
export const parse = (sql: string, types: readonly number[]): Buffer =>
  serialize.parse({ text: sql, types: [...types] });
export const describeStatement = (): Buffer => serialize.describe({ type: 'S' });
export const describePortal = (name: string): Buffer => serialize.describe({ type: 'P', name });
export const execute = (portal: string, rows: number): Buffer => serialize.execute({ portal, rows });
export const closeStatement = (name: string): Buffer => serialize.close({ type: 'S', name });
export const closePortal = (name: string): Buffer => serialize.close({ type: 'P', name });
export const sync = (): Buffer => serialize.sync();
export const copyDone = (): Buffer => serialize.copyDone();
export const copyFail = (reason: string): Buffer => serialize.copyFail(reason);
export const terminate = (): Buffer => serialize.end();

/** What a portal is made of: the values as the client sent them. */
export interface Binding {
  readonly portal: string;
  readonly values: readonly (Uint8Array | null)[];
  readonly formats: readonly Format[];
  readonly resultFormats: readonly Format[];
}

/** Bind: pg-protocol's makes its own choice of formats. */
export function bind({ portal, values, formats, resultFormats }: Binding): Uint8Array {
  const writer = new FrameWriter();
  const writeFormats = (list: readonly Format[]): void => {
    writer.count(list.length);
    for (const format of list) writer.int16(format === 'binary' ? 1 : 0);
  };
  writer.begin('B'.charCodeAt(0));
  writer.cstring(portal);
  writer.cstring('');
  writeFormats(formats);
  writer.count(values.length);
  for (const value of values) writer.value(value);
  writeFormats(resultFormats);
  writer.end();
  return writer.take();
}

export function copyData(data: Uint8Array): Uint8Array {
  const writer = new FrameWriter();
  writer.begin('d'.charCodeAt(0));
  writer.bytes(data);
  writer.end();
  return writer.take();
}
