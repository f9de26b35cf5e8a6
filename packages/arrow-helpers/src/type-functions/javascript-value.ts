import { defaultOutputSettings } from '../output-settings.js';
import type { PostgresValue } from './postgres-value.js';
import type { TypeFunctions } from './type-functions.js';

/** A value of PostgreSQL's in JavaScript. */
export function javaScriptValue<T>(functions: TypeFunctions<T>, value: T): PostgresValue {
  return functions.toValue === undefined ? functions.output(value, defaultOutputSettings) : functions.toValue(value);
}
