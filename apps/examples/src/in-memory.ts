import { BaseConnection, PgError, RiffqServer, toArrow } from '@riffq/server';

// Arrays of objects, served as tables that every tool finds: what they are is registered before the server listens.
const tables = {
  planets: {
    columns: [
      { name: 'id', type: 'int', nullable: false },
      { name: 'name', type: 'str', nullable: false },
      { name: 'mass', type: 'float', nullable: true },
    ],
    details: { primaryKey: ['id'], comment: 'in the order of their distance from the sun' },
    rows: [
      { id: 1, name: 'Mercury', mass: 0.06 },
      { id: 3, name: 'Earth', mass: 1 },
      { id: 5, name: 'Jupiter', mass: 317.8 },
    ],
  },
  moons: {
    columns: [
      { name: 'name', type: 'str', nullable: false },
      { name: 'planet', type: 'int', nullable: false },
      { name: 'discovered', type: 'date', nullable: true },
    ],
    details: { foreignKeys: [{ columns: ['planet'], references: { relation: 'planets' } }] },
    rows: [
      { name: 'Moon', planet: 3, discovered: null },
      { name: 'Europa', planet: 5, discovered: '1610-01-08' },
    ],
  },
};

class Connection extends BaseConnection {
  override handleQuery(sql: string) {
    const [, name = ''] = /^select \* from (?:"?public"?\.)?"?(\w+)"?/i.exec(sql) ?? [];
    const table = Object.entries(tables).find(([known]) => known === name)?.[1];
    if (table === undefined) throw new PgError({ sqlstate: '0A000', message: 'ask "SELECT * FROM planets" or moons' });
    const { columns, rows } = table;
    return toArrow(
      columns,
      rows.map((row) => columns.map((column) => Reflect.get(row, column.name))),
    );
  }
}

const server = new RiffqServer({ port: Number(process.env.PORT ?? 5433) }, Connection);
server.registerDatabase('sky');
for (const [name, { columns, details }] of Object.entries(tables)) {
  server.registerTable('sky', 'public', name, columns, details);
}
console.log('listening', await server.listen({ catalogEmulation: true }));
