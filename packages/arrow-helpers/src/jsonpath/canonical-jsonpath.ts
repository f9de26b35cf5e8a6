import { type PgError, sqlstate } from '@riffq/wire';
import { invalidInput } from '../type-functions/input-error.js';
import { int4Type } from '../type-functions/integer-types.js';
import { parseNumeric } from '../type-functions/parse-numeric.js';
import { defaultTextSettings } from '../type-functions/type-functions.js';
import { invalidItem, misplaced, syntaxError, tooDeep } from './jsonpath-error.js';
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
import { JsonpathScanner, type JsonpathToken, plainMethods, timeMethods } from './jsonpath-scanner.js';
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
  readonly #scanner: JsonpathScanner;
  #ahead: JsonpathToken | undefined;
  #levels = 0;
  #filters = 0;
  #subscripts = 0;
  /** PostgreSQL looks for these when it has read all. */
  #misplaced: PgError | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#scanner = new JsonpathScanner(text);
  }

  parse(): string {
    if (this.#is('end')) throw invalidInput('jsonpath', this.#text);
    const isStrict = this.#takes('strict');
    if (!isStrict) this.#takes('lax');
    const whole = this.#formula(0);
    this.#expect('end');
    if (this.#misplaced !== undefined) throw this.#misplaced;
    return (isStrict ? 'strict ' : '') + printPart(whole, true);
  }

  /** PostgreSQL reads a word only when what may come next depends on it: what is wrong first is told first. */
  get #next(): JsonpathToken {
    this.#ahead ??= this.#scanner.next();
    return this.#ahead;
  }

  #is(type: string): boolean {
    return this.#next.type === type;
  }

  #take(): JsonpathToken {
    const token = this.#next;
    this.#ahead = undefined;
    return token;
  }

  #takes(type: string): boolean {
    const found = this.#is(type);
    if (found) this.#ahead = undefined;
    return found;
  }

  #expect(...types: readonly string[]): JsonpathToken {
    if (types.includes(this.#next.type)) return this.#take();
    throw this.#unexpected();
  }

  #unexpected(): PgError {
    return syntaxError('syntax error', this.#next.near);
  }

  /** What is between operators of less than this priority: a value or a predicate. */
  #formula(priority: number): JsonpathPart {
    let left = this.#operand(priority);
    for (;;) {
      const { type } = this.#next;
      if (type === 'starts' || type === 'like_regex') {
        if (priority > comparisonPriority || left.isPredicate) return left;
        left = type === 'starts' ? this.#startsWith(left) : this.#likeRegex(left);
        continue;
      }
      const own = operatorPriorities.get(type);
      if (own === undefined || own < priority) return left;
      const joinsPredicates = own < comparisonPriority;
      if (left.isPredicate !== joinsPredicates) throw this.#unexpected();
      this.#take();
      const right = joinsPredicates ? this.#predicate(own + 1) : this.#value(Math.max(own + 1, arithmeticPriority));
      left = operationPart(type, left, right);
    }
  }

  #value(priority: number): JsonpathPart {
    const part = this.#formula(priority);
    if (part.isPredicate) throw this.#unexpected();
    return part;
  }

  #predicate(priority: number): JsonpathPart {
    const part = this.#formula(priority);
    if (!part.isPredicate) throw this.#unexpected();
    return part;
  }

  #startsWith(left: JsonpathPart): JsonpathPart {
    this.#take();
    this.#expect('with');
    const { type, value } = this.#expect('string literal', 'variable');
    return operationPart('starts with', left, itemPart((type === 'variable' ? '$' : '') + JSON.stringify(value)));
  }

  #likeRegex(left: JsonpathPart): JsonpathPart {
    this.#take();
    const pattern = this.#expect('string literal').value;
    const flags = this.#takes('flag') ? this.#expect('string literal').value : '';
    return likeRegexPart(left, likeRegexConditions(pattern, flags));
  }

  #operand(priority: number): JsonpathPart {
    const { type } = this.#next;
    if (type === '+' || type === '-') {
      this.#take();
      return signedPart(
        type,
        this.#within(() => this.#value(beyondSigns)),
      );
    }
    const takesPredicates = priority <= comparisonPriority;
    if (type === '(') {
      this.#take();
      const part = this.#enclosed(() => this.#formula(0));
      if (this.#isAccessor()) return this.#accessed(part);
      if (!part.isPredicate || !takesPredicates || !this.#takes('is')) return part;
      this.#expect('unknown');
      return predicatePart(`(${printPart(part, false)}) is unknown`);
    }
    if (takesPredicates && type === 'exists') return this.#exists();
    if (takesPredicates && this.#takes('!')) {
      if (this.#is('exists')) return predicatePart(`!(${printPart(this.#exists(), false)})`);
      return predicatePart(`!(${this.#enclosedPredicate()})`);
    }
    return this.#accessed(this.#primary());
  }

  #exists(): JsonpathPart {
    this.#take();
    this.#expect('(');
    return predicatePart(
      `exists (${printPart(
        this.#enclosed(() => this.#value(arithmeticPriority)),
        false,
      )})`,
    );
  }

  #enclosedPredicate(): string {
    this.#expect('(');
    return printPart(
      this.#enclosed(() => this.#predicate(0)),
      false,
    );
  }

  /** What stands before a closing parenthesis. */
  #enclosed(read: () => JsonpathPart): JsonpathPart {
    const part = this.#within(read);
    this.#expect(')');
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
    const { type, value } = this.#next;
    switch (type) {
      case '@':
        if (this.#filters === 0) this.#misplaced ??= misplaced('@ is not allowed in root expressions');
        break;
      case 'last':
        if (this.#subscripts === 0) this.#misplaced ??= misplaced('LAST is allowed only in array subscripts');
        break;
      case 'string literal':
        this.#take();
        return itemPart(JSON.stringify(value));
      case 'variable':
        this.#take();
        return itemPart(`$${JSON.stringify(value)}`);
      case 'integer literal':
      case 'numeric literal':
        this.#take();
        return numberPart(parseNumeric(value));
      default:
        if (!['$', 'null', 'true', 'false'].includes(type)) throw this.#unexpected();
    }
    this.#take();
    return itemPart(type);
  }

  #isAccessor(): boolean {
    return this.#is('.') || this.#is('[') || this.#is('?');
  }

  #accessed(part: JsonpathPart): JsonpathPart {
    let accessors = '';
    while (this.#isAccessor()) accessors += this.#accessor();
    return accessors === '' ? part : accessedPart(part, accessors);
  }

  #accessor(): string {
    switch (this.#take().type) {
      case '?': {
        this.#filters += 1;
        const predicate = this.#enclosedPredicate();
        this.#filters -= 1;
        return `?(${predicate})`;
      }
      case '[':
        return this.#takes('*') ? this.#closed('[*]') : this.#subscript();
      default:
        return `.${this.#member()}`;
    }
  }

  #closed(text: string): string {
    this.#expect(']');
    return text;
  }

  #subscript(): string {
    this.#subscripts += 1;
    const list: string[] = [];
    do {
      const from = this.#bound();
      list.push(this.#takes('to') ? `${from} to ${this.#bound()}` : from);
    } while (this.#takes(','));
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
    const { type, value } = this.#next;
    if (type === '*') {
      this.#take();
      return '*';
    }
    if (type === '**') {
      this.#take();
      return `**${this.#takes('{') ? this.#levelsBelow() : ''}`;
    }
    if (operators.has(type) || valueKinds.has(type)) throw this.#unexpected();
    this.#take();
    const isMethod = this.#isMethod(type) && this.#takes('(');
    if (!isMethod) return JSON.stringify(value);
    const parameters = this.#parameters(type);
    this.#expect(')');
    const most = type === 'decimal' ? 2 : 1;
    if (parameters.length <= most) return `${type}(${parameters.join(',')})`;
    throw invalidItem(sqlstate.syntax_error, '.decimal() can only have an optional precision[,scale].');
  }

  #isMethod(type: string): boolean {
    return plainMethods.has(type) || timeMethods.has(type) || type === 'decimal' || type === 'datetime';
  }

  #parameters(method: string): readonly string[] {
    if (plainMethods.has(method) || this.#is(')')) return [];
    if (method === 'datetime') return [JSON.stringify(this.#expect('string literal').value)];
    if (method !== 'decimal') return [parseNumeric(this.#expect('integer literal').value)];
    const list: string[] = [];
    do {
      const sign = this.#takes('-') ? '-' : '+';
      if (sign === '+') this.#takes('+');
      const number = numberPart(parseNumeric(this.#expect('integer literal').value));
      list.push(printPart(signedPart(sign, number), false));
    } while (this.#takes(','));
    return list;
  }

  /** `{2}`, `{1 to last}` */
  #levelsBelow(): string {
    const first = this.#level();
    const last = this.#takes('to') ? this.#level() : first;
    this.#expect('}');
    if (first === '0' && last === 'last') return '';
    return first === last ? `{${first}}` : `{${first} to ${last}}`;
  }

  #level(): string {
    const { type, value } = this.#expect('integer literal', 'last');
    return type === 'last' ? type : String(int4Type.input(value, defaultTextSettings));
  }
}
