import { BufferReader, type FieldDescription, type NoticeFields } from '@riffq/wire';
import { CatalogResult, type StatementEffect } from '../catalog-result.js';
import { backendFrames } from './backend-frames.js';
import { errorOfResponse, noticeOfResponse } from './error-of-response.js';

/** What PostgreSQL says of a statement before it runs. */
export interface StatementDescription {
  readonly parameterTypes: readonly number[];
  /** Null: the statement has no rows. */
  readonly fields: readonly FieldDescription[] | null;
}

/** Reads the answer to Parse and Describe of a statement. @throws PgError what PostgreSQL refused it with */
export function readDescription(messages: readonly Uint8Array[]): StatementDescription {
  let parameterTypes: readonly number[] = [];
  let fields: readonly FieldDescription[] | null = null;
  for (const { type, body } of messages.flatMap((piece) => [...backendFrames(piece)])) {
    if (type === 'E') throw errorOfResponse(body);
    if (type === 't') parameterTypes = readParameterTypes(body);
    if (type === 'T') fields = readFields(body);
  }
  return { parameterTypes, fields };
}

/** Reads the answer to a statement that was run. @throws PgError what PostgreSQL refused it with */
export function readResult(messages: readonly Uint8Array[], effects: readonly StatementEffect[]): CatalogResult {
  const dataRows: Uint8Array[] = [];
  const notices: NoticeFields[] = [];
  let fields: readonly FieldDescription[] | null = null;
  let rowCount = 0;
  let tag = '';
  for (const piece of messages) {
    let rowsFrom = -1;
    let position = 0;
    // Behind the rows of a piece something always tells of their end.
    for (const { type, body } of backendFrames(piece)) {
      if (type === 'D') {
        if (rowsFrom === -1) rowsFrom = position;
        rowCount++;
      } else {
        if (rowsFrom !== -1) dataRows.push(withoutOthers(piece.subarray(rowsFrom, position)));
        rowsFrom = -1;
        if (type === 'E') throw errorOfResponse(body);
        if (type === 'N') notices.push(noticeOfResponse(body));
        if (type === 'T') fields = readFields(body);
        if (type === 'C') tag = new BufferReader(body, 'CommandComplete').cstring();
      }
      position += 5 + body.length;
    }
  }
  // The rows were fetched in portions, and the last portion's tag counts only those of it.
  return new CatalogResult({
    fields,
    dataRows,
    rowCount,
    tag: tag.replace(/\d+$/, String(rowCount)),
    effects,
    notices,
  });
}

/** Pieces that come from another process may share their memory, which would be kept as long as one of them is. */
function withoutOthers(piece: Uint8Array): Uint8Array {
  return piece.buffer.byteLength > 2 * piece.length ? piece.slice() : piece;
}

/** Reads what functions of a statement wrote down for the session. @throws TypeError for what none of them writes */
export function readEffects(json: string): readonly StatementEffect[] {
  if (json === '') return [];
  const effects: unknown = JSON.parse(json);
  if (Array.isArray(effects) && effects.every(isEffect)) return effects;
  throw new TypeError(`the catalog engine asks for what is no effect: ${json}`);
}

function isEffect(effect: unknown): effect is StatementEffect {
  if (typeof effect !== 'object' || effect === null || !('kind' in effect)) return false;
  if (effect.kind === 'cancel' || effect.kind === 'terminate') {
    return 'processId' in effect && typeof effect.processId === 'number';
  }
  if (effect.kind === 'notify') {
    return 'channel' in effect && 'payload' in effect && isText(effect.channel) && isText(effect.payload);
  }
  if (effect.kind !== 'setting' || !('name' in effect && 'value' in effect && 'local' in effect)) return false;
  const { name, value, local } = effect;
  return isText(name) && (isText(value) || value === null) && typeof local === 'boolean';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function readParameterTypes(body: Uint8Array): readonly number[] {
  const reader = new BufferReader(body, 'ParameterDescription');
  return Array.from({ length: reader.uint16() }, () => reader.uint32());
}

function readFields(body: Uint8Array): readonly FieldDescription[] {
  const reader = new BufferReader(body, 'RowDescription');
  return Array.from({ length: reader.uint16() }, () => {
    const name = reader.cstring();
    const tableOid = reader.uint32();
    const columnNumber = int16(reader);
    const typeOid = reader.uint32();
    const typeSize = int16(reader);
    const typeModifier = reader.int32();
    const format = reader.uint16() === 1 ? 'binary' : 'text';
    return { name, tableOid, columnNumber, typeOid, typeSize, typeModifier, format } as const;
  });
}

function int16(reader: BufferReader): number {
  return (reader.uint16() << 16) >> 16;
}
