import { unusableResult } from '../errors/result-errors.js';
import type { CommandTag } from '../query-result.js';
import { describeKind } from './describe-kind.js';

/** The tag of rows when the handler names none. */
export const selectTag = (count: number): string => `SELECT ${count}`;

/** A handler's tag as a function of the number of rows. */
export function tagFunction(tag: CommandTag): (count: number) => string {
  return typeof tag === 'function' ? (count) => checkedTag(tag(count)) : () => checkedTag(tag);
}

/** Without types a host may give anything, and only text can be sent. */
export function checkedTag(commandTag: unknown): string {
  if (typeof commandTag === 'string') return commandTag;
  throw unusableResult(`${describeKind(commandTag)} as its command tag`);
}
