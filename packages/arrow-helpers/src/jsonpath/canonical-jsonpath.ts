import { type PgError, sqlstate } from '@riffq/wire';
import { invalidInput } from '../type-functions/input-error.js';
import { int4Type } from '../type-functions/integer-types.js';
import { parseNumeric } from '../type-functions/parse-numeric.js';
import { defaultTextSettings } from '../type-functions/type-functions.js';
import { invalidItem, misplaced, tooDeep } from './jsonpath-error.js';
import {
  accessedPart,
  arithmeticPriority,
  comparisonPriority,
  itemPart,
  type JsonpathPart,
  likeRegexPart,
  numberPart,
  operationPart,
  operatorPriorities,
  predicatePart,
  printPart,
  signedPart,
} from './jsonpath-part.js';
import { plainMethods, timeMethods } from './jsonpath-scanner.js';
import { JsonpathTokens } from './jsonpath-tokens.js';
import { likeRegexConditions } from './like-regex-conditions.js';

/** Parentheses, signs, filters and subscripts within each other. */
const mostLevels = 1000;
const beyondSigns = 5;
const operators = new Set(['(', ')', ...'?%$.[]{}|&!=<>@#,*:-+/', '||', '&&', '==', '!=', '<=', '>=', '**']);
const valueKinds: ReadonlySet<string> = new Set(['end', 'variable', 'integer literal', 'numeric literal']);

/**
 * Puts a jsonpath into the form that PostgreSQL prints. Regular expressions in it are not looked at.
 *
 * @throws PgError 42601 and others for text that is no jsonpath, with PostgreSQL's words
 */
export function canonicalJsonpath(text: string): string {
  return new JsonpathParser(text).parse();
}

/** Prints what it has read at once, from the inside out. */
class JsonpathParser {
  readonly #text: string;
  readonly #tokens: JsonpathTokens;
  #levels = 0;
  #filters = 0;
  #subscripts = 0;
  /** PostgreSQL looks for these when it has read all. */
  #misplaced: PgError | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = new JsonpathTokens(text);
  }

  parse(): string {
    if (this.#tokens.is('end')) throw invalidInput('jsonpath', this.#text);
    const isStrict = this.#tokens.takes('strict');
    if (!isStrict) this.#tokens.takes('lax');
    const whole = this.#formula(0);
    this.#tokens.expect('end');
    if (this.#misplaced !== undefined) throw this.#misplaced;
    return (isStrict ? 'strict ' : '') + printPart(whole, true);
  }

  /** What is between operators of less than this priority: a value or a predicate. */
  #formula(priority: number): JsonpathPart {
    let left = this.#operand(priority);
    for (;;) {
      const { type } = this.#tokens.next;
      if (type === 'starts' || type === 'like_regex') {
        if (priority > comparisonPriority || left.isPredicate) return left;
        left = type === 'starts' ? this.#startsWith(left) : this.#likeRegex(left);
        continue;
      }
      const own = operatorPriorities.get(type);
      if (own === undefined || own < priority) return left;
      const joinsPredicates = own < comparisonPriority;
      if (left.isPredicate !== joinsPredicates) throw this.#tokens.unexpected();
      this.#tokens.take();
      const right = joinsPredicates ? this.#predicate(own + 1) : this.#value(Math.max(own + 1, arithmeticPriority));
      left = operationPart(type, left, right);
    }
  }

  #value(priority: number): JsonpathPart {
    const part = this.#formula(priority);
    if (part.isPredicate) throw this.#tokens.unexpected();
    return part;
  }

  #predicate(priority: number): JsonpathPart {
    const part = this.#formula(priority);
    if (!part.isPredicate) throw this.#tokens.unexpected();
    return part;
  }

  #startsWith(left: JsonpathPart): JsonpathPart {
    this.#tokens.take();
    this.#tokens.expect('with');
    const { type, value } = this.#tokens.expect('string literal', 'variable');
    return operationPart('starts with', left, itemPart((type === 'variable' ? '$' : '') + JSON.stringify(value)));
  }

  #likeRegex(left: JsonpathPart): JsonpathPart {
    this.#tokens.take();
    const pattern = this.#tokens.expect('string literal').value;
    const flags = this.#tokens.takes('flag') ? this.#tokens.expect('string literal').value : '';
    return likeRegexPart(left, likeRegexConditions(pattern, flags));
  }

  #operand(priority: number): JsonpathPart {
    const { type } = this.#tokens.next;
    if (type === '+' || type === '-') {
      this.#tokens.take();
      return signedPart(
        type,
        this.#within(() => this.#value(beyondSigns)),
      );
    }
    const takesPredicates = priority <= comparisonPriority;
    if (type === '(') {
      this.#tokens.take();
      const part = this.#enclosed(() => this.#formula(0));
      if (this.#isAccessor()) return this.#accessed(part);
      if (!part.isPredicate || !takesPredicates || !this.#tokens.takes('is')) return part;
      this.#tokens.expect('unknown');
      return predicatePart(`(${printPart(part, false)}) is unknown`);
    }
    if (takesPredicates && type === 'exists') return this.#exists();
    if (takesPredicates && this.#tokens.takes('!')) {
      if (this.#tokens.is('exists')) return predicatePart(`!(${printPart(this.#exists(), false)})`);
      return predicatePart(`!(${this.#enclosedPredicate()})`);
    }
    return this.#accessed(this.#primary());
  }

  #exists(): JsonpathPart {
    this.#tokens.take();
    this.#tokens.expect('(');
    return predicatePart(
      `exists (${printPart(
        this.#enclosed(() => this.#value(arithmeticPriority)),
        false,
      )})`,
    );
  }

  #enclosedPredicate(): string {
    this.#tokens.expect('(');
    return printPart(
      this.#enclosed(() => this.#predicate(0)),
      false,
    );
  }

  /** What stands before a closing parenthesis. */
  #enclosed(read: () => JsonpathPart): JsonpathPart {
    const part = this.#within(read);
    this.#tokens.expect(')');
    return part;
  }

  #within<T>(read: () => T): T {
    this.#levels += 1;
    if (this.#levels > mostLevels) throw tooDeep();
    const part = read();
    this.#levels -= 1;
    return part;
  }

  #primary(): JsonpathPart {
    const { type, value } = this.#tokens.next;
    switch (type) {
      case '@':
        if (this.#filters === 0) this.#misplaced ??= misplaced('@ is not allowed in root expressions');
        break;
      case 'last':
        if (this.#subscripts === 0) this.#misplaced ??= misplaced('LAST is allowed only in array subscripts');
        break;
      case 'string literal':
        this.#tokens.take();
        return itemPart(JSON.stringify(value));
      case 'variable':
        this.#tokens.take();
        return itemPart(`$${JSON.stringify(value)}`);
      case 'integer literal':
      case 'numeric literal':
        this.#tokens.take();
        return numberPart(parseNumeric(value));
      default:
        if (!['$', 'null', 'true', 'false'].includes(type)) throw this.#tokens.unexpected();
    }
    this.#tokens.take();
    return itemPart(type);
  }

  #isAccessor(): boolean {
    return this.#tokens.is('.') || this.#tokens.is('[') || this.#tokens.is('?');
  }

  #accessed(part: JsonpathPart): JsonpathPart {
    let accessors = '';
    while (this.#isAccessor()) accessors += this.#accessor();
    return accessors === '' ? part : accessedPart(part, accessors);
  }

  #accessor(): string {
    switch (this.#tokens.take().type) {
      case '?': {
        this.#filters += 1;
        const predicate = this.#enclosedPredicate();
        this.#filters -= 1;
        return `?(${predicate})`;
      }
      case '[':
        return this.#tokens.takes('*') ? this.#closed('[*]') : this.#subscript();
      default:
        return `.${this.#member()}`;
    }
  }

  #closed(text: string): string {
    this.#tokens.expect(']');
    return text;
  }

  #subscript(): string {
    this.#subscripts += 1;
    const list: string[] = [];
    do {
      const from = this.#bound();
      list.push(this.#tokens.takes('to') ? `${from} to ${this.#bound()}` : from);
    } while (this.#tokens.takes(','));
    this.#subscripts -= 1;
    return this.#closed(`[${list.join(',')}]`);
  }

  #bound(): string {
    return printPart(
      this.#within(() => this.#value(arithmeticPriority)),
      false,
    );
  }

  /** What stands behind a point. */
  #member(): string {
    const { type, value } = this.#tokens.next;
    if (type === '*') {
      this.#tokens.take();
      return '*';
    }
    if (type === '**') {
      this.#tokens.take();
      return `**${this.#tokens.takes('{') ? this.#levelsBelow() : ''}`;
    }
    if (operators.has(type) || valueKinds.has(type)) throw this.#tokens.unexpected();
    this.#tokens.take();
    const isMethod = this.#isMethod(type) && this.#tokens.takes('(');
    if (!isMethod) return JSON.stringify(value);
    const parameters = this.#parameters(type);
    this.#tokens.expect(')');
    const most = type === 'decimal' ? 2 : 1;
    if (parameters.length <= most) return `${type}(${parameters.join(',')})`;
    throw invalidItem(sqlstate.syntax_error, '.decimal() can only have an optional precision[,scale].');
  }

  #isMethod(type: string): boolean {
    return plainMethods.has(type) || timeMethods.has(type) || type === 'decimal' || type === 'datetime';
  }

  #parameters(method: string): readonly string[] {
    if (plainMethods.has(method) || this.#tokens.is(')')) return [];
    if (method === 'datetime') return [JSON.stringify(this.#tokens.expect('string literal').value)];
    if (method !== 'decimal') return [parseNumeric(this.#tokens.expect('integer literal').value)];
    const list: string[] = [];
    do {
      const sign = this.#tokens.takes('-') ? '-' : '+';
      if (sign === '+') this.#tokens.takes('+');
      const number = numberPart(parseNumeric(this.#tokens.expect('integer literal').value));
      list.push(printPart(signedPart(sign, number), false));
    } while (this.#tokens.takes(','));
    return list;
  }

  /** `{2}`, `{1 to last}` */
  #levelsBelow(): string {
    const first = this.#level();
    const last = this.#tokens.takes('to') ? this.#level() : first;
    this.#tokens.expect('}');
    if (first === '0' && last === 'last') return '';
    return first === last ? `{${first}}` : `{${first} to ${last}}`;
  }

  #level(): string {
    const { type, value } = this.#tokens.expect('integer literal', 'last');
    return type === 'last' ? type : String(int4Type.input(value, defaultTextSettings));
  }
}
