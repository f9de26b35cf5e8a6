import { BaseConnection, PgError, RiffqServer, toArrow } from '@riffq/server';

// Three databases, each with a table of its own: a client sees those of the one that it has connected to.
const databases = new Map([
  ['sky', { table: 'stars', names: ['Sirius', 'Vega'] }],
  ['sea', { table: 'fish', names: ['cod', 'sole', 'eel'] }],
  ['land', { table: 'trees', names: ['oak'] }],
]);
const columns = [{ name: 'name', type: 'str', nullable: false }];

class Connection extends BaseConnection {
  override handleQuery(sql: string) {
    const { database } = this.session;
    const content = databases.get(database);
    if (content === undefined || !sql.toLowerCase().startsWith(`select * from ${content.table}`)) {
      throw new PgError({ sqlstate: '42P01', message: `ask "SELECT * FROM ${content?.table}" in ${database}` });
    }
    return toArrow(
      columns,
      content.names.map((name) => [name]),
    );
  }
}

const server = new RiffqServer({ port: Number(process.env.PORT ?? 5433) }, Connection);
for (const [database, { table }] of databases) {
  server.registerDatabase(database);
  server.registerTable(database, 'public', table, columns);
}
console.log('listening', await server.listen({ catalogEmulation: true }));
