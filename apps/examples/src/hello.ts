import { PgError, serve, toArrow } from '@riffq/server';

const planets = [
  ['Mercury', 0.39, 0],
  ['Earth', 1, 1],
  ['Jupiter', 5.2, 95],
];

const server = await serve({
  address: { port: Number(process.env.PORT ?? 5433) },
  query(sql, { args }) {
    if (!/from\s+planets/i.test(sql)) throw new PgError({ sqlstate: '42P01', message: 'there is only "planets"' });
    const columns = [
      { name: 'name', type: 'str' },
      { name: 'distance', type: 'float' },
      { name: 'moons', type: 'int' },
    ];
    return toArrow(
      columns,
      planets.filter(([name]) => args.length === 0 || name === args[0]),
    );
  },
});
console.log('listening', server.address());
