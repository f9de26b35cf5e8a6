import type { DatabaseContent } from '../../src/index.js';
import { type LazyCatalogSource, LazySource } from '../../src/index.js';

/** A source out of lists; what is given replaces a method. */
export function sourceOf(methods: Partial<LazyCatalogSource> = {}): LazyCatalogSource {
  return {
    databases: () => [{ oid: 70_000, name: 'shop' }],
    schemas: () => [{ oid: 70_001, name: 'public' }],
    relations: () => [{ oid: 70_002, reltypeOid: 70_003, name: 'orders' }],
    columns: () => [
      { name: 'id', typeOid: 20, nullable: false },
      { name: 'price', typeOid: 1700, nullable: true, typeModifier: 655_366 },
    ],
    ...methods,
  };
}

/** What a source says of the database "shop", once. */
export function contentOf(methods: Partial<LazyCatalogSource> = {}): Promise<DatabaseContent> {
  return new LazySource(sourceOf(methods)).content('shop', new AbortController().signal);
}

/** What a program in plain JavaScript may hand over, whatever our types say. */
export const untyped = (value: unknown) => Object.create(null, { value: { value } }).value;
