import { stableOid } from '@riffq/catalog';
import { type LazyCatalogSource, PgError, serve, tag, toArrow } from '@riffq/server';
import { typeOid } from '@riffq/wire';

// A program whose tables come and go: its catalog is asked for when a client looks, so a new table shows at once.
const types = new Map([
  ['bigint', { arrow: 'int', oid: typeOid.int8 }],
  ['varchar', { arrow: 'str', oid: typeOid.varchar }],
  ['date', { arrow: 'date', oid: typeOid.date }],
]);
const tables = new Map([['birds', [column('id bigint'), column('name varchar')]]]);
let changes = 0;

const catalog: LazyCatalogSource = {
  databases: () => [{ oid: stableOid('db', 'zoo'), name: 'zoo' }],
  schemas: (database) => [{ oid: stableOid('ns', database, 'public'), name: 'public' }],
  relations: (database, schema) =>
    [...tables.keys()].map((name) => ({
      oid: stableOid('rel', database, schema, name),
      reltypeOid: stableOid('type', database, schema, name),
      name,
    })),
  columns: (_database, _schema, relation) => tables.get(relation) ?? [],
  // While it stays the same, nothing else is asked for.
  version: () => changes,
};

function answer(sql: string) {
  // As PostgreSQL has names that are not quoted.
  const folded = sql.toLowerCase();
  const [, created = '', columns = ''] = /^create table (\w+) \((.+)\)$/.exec(folded) ?? [];
  const [, dropped = ''] = /^drop table (\w+)$/.exec(folded) ?? [];
  const [, read = ''] = /^select \* from (\w+)$/.exec(folded) ?? [];
  if (created !== '') {
    tables.set(created, columns.split(',').map(column));
    changes += 1;
    return tag('CREATE TABLE');
  }
  if (tables.delete(dropped)) {
    changes += 1;
    return tag('DROP TABLE');
  }
  const found = tables.get(read);
  if (found === undefined) throw new PgError({ sqlstate: '42P01', message: 'there is no such table' });
  return toArrow(found, []);
}

function column(definition: string) {
  const [name = '', typeName = ''] = definition.trim().split(/\s+/);
  const type = types.get(typeName);
  if (type === undefined) throw new PgError({ sqlstate: '42704', message: `type "${typeName}" does not exist` });
  return { name, type: type.arrow, typeOid: type.oid, nullable: true };
}

const server = await serve({ address: { port: Number(process.env.PORT ?? 5433) }, query: answer, catalog });
console.log('listening', server.address());
