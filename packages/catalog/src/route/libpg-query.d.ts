/** The compiled C library inside libpg-query; its index hides the one instance that it makes, and never makes another. */
declare module 'libpg-query/wasm/libpg-query.js' {
  /** An instance: exported C functions take and give addresses in its memory. */
  export interface PgQueryModule {
    readonly HEAPU8: Uint8Array;
    _malloc(size: number): number;
    _free(address: number): void;
    lengthBytesUTF8(text: string): number;
    stringToUTF8(text: string, address: number, size: number): void;
    UTF8ToString(address: number): string;
    getValue(address: number, type: 'i32'): number;
    /** Gives the address of a PgQueryParseResult: the tree as JSON, what went to stderr, the error; or 0. */
    _wasm_parse_query_raw(sql: number): number;
    _wasm_free_parse_result(result: number): void;
  }

  /** Compiles the library; V8 remembers what it has compiled before. */
  // biome-ignore lint/style/noDefaultExport: what the package has.
  export default function makePgQueryModule(): Promise<PgQueryModule>;
}
