/** A part of a path as it is printed, as PostgreSQL's printJsonPathItem prints it. */
export interface JsonpathPart {
  /** A predicate is true, false or unknown, and no value that could be compared. */
  readonly isPredicate: boolean;
  /** A number is put in parentheses if accessors follow, an operation if what is around it binds as much or more. */
  readonly form: 'number' | 'operation' | 'other';
  readonly priority: number;
  readonly text: string;
  /** What stands behind it: keys, subscripts, filters, methods. */
  readonly accessors: string;
}

/** Of what is no operator. */
const highestPriority = 6;
const signPriority = 5;

/** The priorities of operators between two parts. */
export const operatorPriorities: ReadonlyMap<string, number> = new Map([
  ['||', 0],
  ['&&', 1],
  ...['==', '!=', '<', '>', '<=', '>=', 'starts with'].map((operator) => [operator, 2] as const),
  ...['+', '-'].map((operator) => [operator, 3] as const),
  ...['*', '/', '%'].map((operator) => [operator, 4] as const),
]);
export const comparisonPriority = 2;
export const arithmeticPriority = 3;

/** A value that is printed as it is: `$`, `@`, a string. */
export function itemPart(text: string): JsonpathPart {
  return { isPredicate: false, form: 'other', priority: highestPriority, text, accessors: '' };
}

export function numberPart(text: string): JsonpathPart {
  return { ...itemPart(text), form: 'number' };
}

/** Predicates that have parentheses of their own: `exists (...)`, `!(...)`, `(...) is unknown`. */
export function predicatePart(text: string): JsonpathPart {
  return { ...itemPart(text), isPredicate: true };
}

export function operationPart(operator: string, left: JsonpathPart, right: JsonpathPart): JsonpathPart {
  const priority = operatorPriorities.get(operator) ?? highestPriority;
  const text = `${within(left, priority)} ${operator} ${within(right, priority)}`;
  return { isPredicate: priority < arithmeticPriority, form: 'operation', priority, text, accessors: '' };
}

/** @param conditions - the pattern, and flags if there are any, as they are printed */
export function likeRegexPart(operand: JsonpathPart, conditions: string): JsonpathPart {
  const text = `${within(operand, highestPriority)} like_regex ${conditions}`;
  return { isPredicate: true, form: 'operation', priority: highestPriority, text, accessors: '' };
}

/** Numbers have their sign at once. */
export function signedPart(sign: '+' | '-', operand: JsonpathPart): JsonpathPart {
  if (operand.form === 'number' && operand.accessors === '') {
    return sign === '+' ? operand : numberPart(negated(operand.text));
  }
  const text = `${sign}${within(operand, signPriority)}`;
  return { isPredicate: false, form: 'operation', priority: signPriority, text, accessors: '' };
}

/** A part with more behind it is a value, whatever it was. */
export function accessedPart(part: JsonpathPart, accessors: string): JsonpathPart {
  return { ...part, isPredicate: false, accessors: part.accessors + accessors };
}

/** @param isEnclosed - whether an operation gets parentheses */
export function printPart({ form, text, accessors }: JsonpathPart, isEnclosed: boolean): string {
  const hasParentheses = form === 'number' ? accessors !== '' : form === 'operation' && isEnclosed;
  return (hasParentheses ? `(${text})` : text) + accessors;
}

function within(part: JsonpathPart, priority: number): string {
  return printPart(part, part.priority <= priority);
}

function negated(number: string): string {
  if (number.startsWith('-')) return number.slice(1);
  return /[1-9]/.test(number) ? `-${number}` : number;
}
