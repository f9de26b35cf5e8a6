import { isUtf8 } from 'node:buffer';
import {
  BufferReader,
  decodeResponseFields,
  type FieldDescription,
  type Format,
  type NoticeFields,
  PgError,
} from '@riffq/wire';

const headerLength = 5;
const bodyOf = (message: Buffer): Buffer => message.subarray(headerLength);
const reading = (message: Buffer, name: string): BufferReader => new BufferReader(bodyOf(message), name);

/** The columns that a RowDescription tells of. */
export function readFields(message: Buffer): readonly FieldDescription[] {
  const reader = reading(message, 'RowDescription');
  return Array.from({ length: reader.uint16() }, () => ({
    name: reader.cstring(),
    tableOid: reader.uint32(),
    columnNumber: signed16(reader),
    typeOid: reader.uint32(),
    typeSize: signed16(reader),
    typeModifier: reader.int32(),
    format: reader.uint16() === 1 ? 'binary' : 'text',
  }));
}

/** The type OIDs of a ParameterDescription. */
export function readParameterTypes(message: Buffer): readonly number[] {
  const reader = reading(message, 'ParameterDescription');
  return Array.from({ length: reader.uint16() }, () => reader.uint32());
}

/** What a CopyInResponse or CopyOutResponse announces. */
export function readCopyResponse(message: Buffer): { readonly format: Format; readonly columns: number } {
  const reader = reading(message, 'CopyResponse');
  return { format: reader.byte() === 1 ? 'binary' : 'text', columns: reader.uint16() };
}

/** An ErrorResponse, with all its fields. */
export function readError(message: Buffer): PgError {
  const { severity, ...fields } = decodeResponseFields(asUtf8(bodyOf(message)));
  return new PgError({ ...fields, severity: severity === 'FATAL' || severity === 'PANIC' ? severity : 'ERROR' });
}

const noticeSeverities = ['WARNING', 'NOTICE', 'DEBUG', 'INFO', 'LOG'] as const;

/** A NoticeResponse, with all its fields. */
export function readNotice(message: Buffer): NoticeFields {
  const { severity, ...fields } = decodeResponseFields(asUtf8(bodyOf(message)));
  return { ...fields, severity: noticeSeverities.find((known) => known === severity) ?? 'NOTICE' };
}

export function readNotification(message: Buffer): {
  readonly processId: number;
  readonly channel: string;
  readonly payload: string;
} {
  const name = 'NotificationResponse';
  const reader = reading(message, name);
  const processId = reader.uint32();
  const text = new BufferReader(asUtf8(Buffer.from(reader.rest())), name);
  return { processId, channel: text.cstring(), payload: text.cstring() };
}

export function readParameterStatus(message: Buffer): { readonly name: string; readonly value: string } {
  const reader = new BufferReader(asUtf8(bodyOf(message)), 'ParameterStatus');
  return { name: reader.cstring(), value: reader.cstring() };
}

/** The tag of a CommandComplete. */
export function readTag(message: Buffer): string {
  return reading(message, 'CommandComplete').cstring();
}

/**
 * Text alone. What comes without having been asked for must be readable: it is in another encoding when a function has one of
 * its own, or when the database knows none.
 */
function asUtf8(text: Buffer): Buffer {
  return isUtf8(text) ? text : Buffer.from(text.toString('utf8'));
}

function signed16(reader: BufferReader): number {
  return (reader.uint16() << 16) >> 16;
}
