import { PgError, serve, toArrow } from '@riffq/server';

const columns = [
  { name: 'name', type: 'str' },
  { name: 'moons', type: 'int' },
];
const planets = [
  ['Mercury', 0],
  ['Earth', 1],
  ['Jupiter', 95],
];
const server = await serve({
  address: { port: Number(process.env.PORT ?? 5433) },
  query(sql, { args: [name] }) {
    if (!/from\s+planets/i.test(sql)) throw new PgError({ sqlstate: '42P01', message: 'there is only "planets"' });
    const found = planets.filter((planet) => name === undefined || planet[0] === name);
    return toArrow(columns, found);
  },
});
console.log('listening', server.address());
