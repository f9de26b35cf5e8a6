import type { SpecialBytes } from './special-bytes.js';

/** What stands around the values of a row: DataRow and COPY's binary rows count fields and bytes, COPY's text has delimiters. */
export interface RowFrame {
  /** The type byte of the message that each row is; {@link NO_MESSAGE} for elements of a value, which have no row around. */
  readonly messageType: number;
  /** How fields are kept apart; null where each has its length in front, after the count of columns. */
  readonly fields: DelimitedFields | null;
}

/** Fields as text between delimiters, for the formats that quote and escape. */
export interface DelimitedFields {
  /** Bytes that a field takes beside its value, or as NULL, at most. */
  readonly fieldBytes: number;
  /** Bytes that one byte of a value may become. */
  readonly expansion: number;
  /** Of fields that make lines; null where they are parts of a value. */
  readonly line: LineSyntax | null;
  /** Quotes or escapes the value in `start` to `end` where it lies, adds the delimiter and returns the position after it. */
  finish(target: Uint8Array, start: number, end: number, columnNumber: number): number;
  /** Writes NULL and the delimiter. */
  writeNull(target: Uint8Array, position: number): number;
}

/** What a line's fields have in common. */
export interface LineSyntax {
  /** The byte behind each. */
  readonly delimiter: number;
  /** By column. */
  readonly looks: readonly Look[];
  /** What has to be quoted or escaped in columns that are looked at by block. */
  readonly special: SpecialBytes;
}

/**
 * How it is found out whether values have to be quoted or escaped: never, as they are numbers and the like; for many values at
 * once, where only those have to be that are empty or hold certain bytes; or for each of them.
 */
export type Look = 'never' | 'by block' | 'each';

/** Rows that are no messages: nothing stands before and after their fields. */
export const NO_MESSAGE = 0;

/** Bytes of a message before its body: type and length. */
export const MESSAGE_HEADER_BYTES = 5;

/** https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-DATAROW */
export const dataRowFrame: RowFrame = { messageType: 0x44, fields: null };

/** Values one after another, each with its length in front, as arrays have them in binary. */
export const elementFrame: RowFrame = { messageType: NO_MESSAGE, fields: null };
