import { createRequire } from 'node:module';
import type makePgQueryModule from 'libpg-query/wasm/libpg-query.js';
import type { PgQueryModule } from 'libpg-query/wasm/libpg-query.js';
import { lateCompiling } from '../late-compiling.js';

/** An instance whose memory has grown beyond this is given up: it begins with half of it, and never shrinks. */
const largestMemory = 256 * 1024 * 1024;
/** Bytes of a tree as JSON, which takes several times that when it is read. */
const largestTree = 64 * 1024 * 1024;

/** What the parser says of a text. */
export type Parsed =
  /** As libpg-query gives it: `{ stmts: [{ stmt }] }`. */
  | { readonly kind: 'tree'; readonly tree: unknown }
  | ParseError
  /** It nests too deeply for the stack, or its tree is too large. */
  | { readonly kind: 'tooComplex' };

/** What PostgreSQL does not understand; the position counts characters from 1. */
export interface ParseError {
  readonly kind: 'syntaxError';
  readonly message: string;
  readonly position: number;
}

/**
 * PostgreSQL's own parser, compiled to WebAssembly, loaded when the first statement needs it. A statement that nests too
 * deeply ends in a RangeError in the middle of the C code, which then has lost part of its stack: such an instance is thrown
 * away, or some thirty of them would end the parser for all.
 */
export class PostgresParser {
  #instance: Promise<PgQueryModule> | undefined;

  /** Parses a text, which must have a form in UTF-8 and no NUL. */
  async parse(sql: string): Promise<Parsed> {
    this.#instance ??= instantiate();
    const current = this.#instance;
    try {
      const instance = await current;
      const parsed = parseWith(instance, sql);
      if (instance.HEAPU8.length > largestMemory) this.#giveUp(current);
      return parsed;
    } catch {
      this.#giveUp(current);
      return { kind: 'tooComplex' };
    }
  }

  #giveUp(instance: Promise<PgQueryModule>): void {
    if (this.#instance === instance) this.#instance = undefined;
  }
}

const require = createRequire(import.meta.url);

function instantiate(): Promise<PgQueryModule> {
  // It is CommonJS: import would read all of its text for the names that it exports, which takes longer than to compile it.
  const make: typeof makePgQueryModule = require('libpg-query/wasm/libpg-query.js');
  return lateCompiling(make);
}

function parseWith(parser: PgQueryModule, sql: string): Parsed {
  const size = parser.lengthBytesUTF8(sql) + 1;
  const text = parser._malloc(size);
  parser.stringToUTF8(sql, text, size);
  const result = parser._wasm_parse_query_raw(text);
  const parsed = readResult(parser, result);
  parser._wasm_free_parse_result(result);
  parser._free(text);
  return parsed.kind === 'json' ? { kind: 'tree', tree: JSON.parse(parsed.json) } : parsed;
}

/** Reads a PgQueryParseResult, whose third field is the error: a PgQueryError, with its message first and its position fifth. */
function readResult(
  parser: PgQueryModule,
  result: number,
): Exclude<Parsed, { kind: 'tree' }> | { readonly kind: 'json'; readonly json: string } {
  const tree = parser.getValue(result, 'i32');
  const error = parser.getValue(result + 8, 'i32');
  if (error !== 0) {
    const message = parser.UTF8ToString(parser.getValue(error, 'i32'));
    return { kind: 'syntaxError', message, position: parser.getValue(error + 16, 'i32') };
  }
  const isLarge = parser.HEAPU8.indexOf(0, tree) - tree > largestTree;
  return tree === 0 || isLarge ? { kind: 'tooComplex' } : { kind: 'json', json: parser.UTF8ToString(tree) };
}
