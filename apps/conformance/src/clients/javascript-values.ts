import type { Parameter } from '../client.js';

/** What a JavaScript program would pass for a parameter: a string for all that JavaScript has no type for. */
export function javascriptParameter(parameter: Parameter): null | number | boolean | string | Buffer | string[] {
  const { type, text } = parameter;
  if (text === null) {
    return null;
  }
  switch (type) {
    case 'int2':
    case 'int4':
    case 'float4':
    case 'float8':
      return Number(text);
    case 'bool':
      return text === 'true';
    case 'int4[]':
    case 'text[]':
      return JSON.parse(text);
    case 'bytea':
      return Buffer.from(text, 'hex');
    default:
      return text;
  }
}

/** A text of a JavaScript value that shows its type and all of its value. */
export function javascriptValue(value: unknown): string {
  if (value instanceof Date) {
    return `Date ${Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString()}`;
  }
  if (value instanceof Uint8Array) {
    return `bytes ${Buffer.from(value).toString('hex')}`;
  }
  if (typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  return typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? 'undefined');
}
