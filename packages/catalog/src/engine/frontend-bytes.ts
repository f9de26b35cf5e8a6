import { FrameWriter } from '@riffq/wire';

/** How a value goes: null, or bytes in the format of its parameter. */
export type ParameterBytes = Uint8Array | string | null;

/** What the statement is bound with. */
export interface BoundStatement {
  readonly sql: string;
  readonly parameterTypes: readonly number[];
  readonly parameterFormats: readonly number[];
  readonly parameters: readonly ParameterBytes[];
  readonly resultFormats: readonly number[];
}

const codes = { Parse: 0x50, Bind: 0x42, Describe: 0x44, Execute: 0x45, Sync: 0x53, Query: 0x51 } as const;
const statementKind = 0x53;
const portalKind = 0x50;

/** Writes Query. */
export function queryMessage(sql: string): Uint8Array {
  const writer = new FrameWriter();
  writer.begin(codes.Query);
  writer.cstring(sql);
  writer.end();
  return writer.take();
}

/** Writes Execute of the unnamed portal, for so many rows at most. */
export function executeMessage(maximumRows: number): Uint8Array {
  const writer = new FrameWriter(32);
  writer.begin(codes.Execute);
  writer.cstring('');
  writer.int32(maximumRows);
  writer.end();
  return writer.take();
}

/** Writes Sync. */
export function syncMessage(): Uint8Array {
  const writer = new FrameWriter(32);
  writer.begin(codes.Sync);
  writer.end();
  return writer.take();
}

/** Writes Parse and Describe of the unnamed statement. */
export function describeMessages(sql: string, parameterTypes: readonly number[]): Uint8Array {
  const writer = new FrameWriter();
  writeParse(writer, sql, parameterTypes);
  writeDescribe(writer, statementKind);
  return writer.take();
}

/** Writes Parse, Bind and Describe of the unnamed portal. */
export function boundMessages(statement: BoundStatement): Uint8Array {
  const writer = new FrameWriter();
  writeParse(writer, statement.sql, statement.parameterTypes);
  writer.begin(codes.Bind);
  writer.cstring('');
  writer.cstring('');
  writeFormats(writer, statement.parameterFormats);
  writer.count(statement.parameters.length);
  for (const value of statement.parameters) writer.value(value);
  writeFormats(writer, statement.resultFormats);
  writer.end();
  writeDescribe(writer, portalKind);
  return writer.take();
}

function writeParse(writer: FrameWriter, sql: string, parameterTypes: readonly number[]): void {
  writer.begin(codes.Parse);
  writer.cstring('');
  writer.cstring(sql);
  writer.count(parameterTypes.length);
  for (const oid of parameterTypes) writer.int32(oid);
  writer.end();
}

function writeDescribe(writer: FrameWriter, kind: number): void {
  writer.begin(codes.Describe);
  writer.byte(kind);
  writer.cstring('');
  writer.end();
}

function writeFormats(writer: FrameWriter, formats: readonly number[]): void {
  writer.count(formats.length);
  for (const format of formats) writer.int16(format);
}
