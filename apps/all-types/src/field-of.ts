import { type DataType, Field } from 'apache-arrow';
import type { TypeCase } from './type-case.js';

/** A field of the case's type, or of one that is made of it, such as a dictionary. */
export function fieldOf({ type, metadata }: TypeCase, name: string, made: DataType = type): Field {
  return new Field(name, made, true, metadata && new Map(metadata));
}
