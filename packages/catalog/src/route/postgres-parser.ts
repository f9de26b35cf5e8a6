import { createRequire } from 'node:module';
import type makePgQueryModule from 'libpg-query/wasm/libpg-query.js';
import type { PgQueryModule } from 'libpg-query/wasm/libpg-query.js';
import { lateCompiling } from '../late-compiling.js';

/** An instance whose memory has grown beyond this is given up: it begins with half of it, and never shrinks. */
const largestMemory = 256 * 1024 * 1024;

/**
 * PostgreSQL's own parser, compiled to WebAssembly, loaded when the first statement needs it. A statement that nests too
 * deeply ends in a RangeError in the middle of the C code, which then has lost part of its stack: such an instance is thrown
 * away, or some thirty of them would end the parser for all.
 */
export class PostgresParser {
  #instance: Promise<PgQueryModule> | undefined;

  /** The tree as libpg-query gives it, `{ stmts: [{ stmt }] }`; undefined for what PostgreSQL does not understand. */
  async parse(sql: string): Promise<unknown> {
    this.#instance ??= instantiate();
    const current = this.#instance;
    try {
      const instance = await current;
      const tree = parseWith(instance, sql);
      if (instance.HEAPU8.length > largestMemory) this.#giveUp(current);
      return tree;
    } catch {
      this.#giveUp(current);
      return undefined;
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

function parseWith(parser: PgQueryModule, sql: string): unknown {
  const size = parser.lengthBytesUTF8(sql) + 1;
  const text = parser._malloc(size);
  parser.stringToUTF8(sql, text, size);
  const result = parser._wasm_parse_query_raw(text);
  const tree = parser.getValue(result, 'i32');
  const error = parser.getValue(result + 8, 'i32');
  const json = error === 0 && tree !== 0 ? parser.UTF8ToString(tree) : undefined;
  parser._wasm_free_parse_result(result);
  parser._free(text);
  return json === undefined ? undefined : JSON.parse(json);
}
