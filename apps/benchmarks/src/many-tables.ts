import type { LazyCatalogSource, RelationRow } from '@riffq/catalog';

const columnNames = ['id', 'placed', 'total', 'name', 'city', 'street', 'phone', 'note', 'size', 'kind'];
const int8 = 20;

/** A live source of so many tables of ten columns; the first one has as many more as `changes` says. */
export class ManyTables implements LazyCatalogSource {
  changes = 0;
  pulls = 0;
  versioned = false;

  /**
   * @param tables - how many there are; these may become others
   * @param tellsVersions - whether each table's row says that it is as before
   */
  constructor(
    public tables: number,
    readonly tellsVersions: boolean,
  ) {}

  databases = () => [{ oid: 70_000, name: 'shop' }];
  schemas = () => [{ oid: 2200, name: 'public' }];
  columns = () => [];

  version = () => (this.versioned ? this.changes : Math.random());

  relations = (): readonly RelationRow[] => {
    this.pulls += 1;
    return Array.from({ length: this.tables }, (_, number) => {
      const names =
        number === 0 ? [...columnNames, ...Array.from({ length: this.changes }, (_, at) => `more_${at}`)] : columnNames;
      return {
        oid: 100_000 + 2 * number,
        reltypeOid: 100_001 + 2 * number,
        name: `table_${number}`,
        columns: names.map((name) => ({ name, typeOid: int8, nullable: true })),
        ...(this.tellsVersions && { version: number === 0 ? this.changes : 0 }),
      };
    });
  };
}
