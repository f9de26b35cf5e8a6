import { expect, inject, test } from 'vitest';
import { RunningProxy } from './running-proxy.js';

test('asks for a password only when the server wants one', async () => {
  await using proxy = await RunningProxy.open();
  const client = await proxy.connect();
  expect((await client.query('select 1 as one, $1::text as t', ['x'])).rows).toEqual([{ one: 1, t: 'x' }]);
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  console.log(inject('oracle'));
});
