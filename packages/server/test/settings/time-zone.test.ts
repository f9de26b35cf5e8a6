import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type RiffqServer, serve, tag } from '../../src/index.js';
import { portOf } from '../listening.js';

let server: RiffqServer;
let ours: pg.Client;
let theirs: pg.Client;
beforeAll(async () => {
  server = await serve({ address: '127.0.0.1:0', query: () => tag('OK') });
  ours = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' });
  theirs = new pg.Client({ ...inject('oracle') });
  await Promise.all([ours.connect(), theirs.connect()]);
});
afterAll(async () => {
  await Promise.all([ours.end(), theirs.end()]);
  await server.close();
});

/** What SHOW prints after SET, or what SET fails with. */
async function shownAfter(client: pg.Client, value: string): Promise<string> {
  try {
    await client.query(`SET TIME ZONE ${value}`);
    const { rows } = await client.query<{ TimeZone: string }>('SHOW TimeZone');
    return String(rows[0]?.TimeZone);
  } catch (error) {
    return error instanceof pg.DatabaseError ? `${error.code}: ${error.message}` : String(error);
  }
}

describe('SET TIME ZONE', () => {
  test.each([
    "'+5'",
    '-7',
    '5.5',
    '167',
    '200',
    '1e3',
    "'-168'",
    "'-03:30'",
    "'05:30'",
    "'-00:00'",
    "'+05:30:15'",
    "'foo123'",
    "'UTC+3'",
    "'ABC+24:59:59'",
    "'ABC200'",
    "INTERVAL '-08:00' HOUR TO MINUTE",
    "INTERVAL '+05:30' HOUR TO MINUTE",
    "INTERVAL '-3' HOUR",
    "INTERVAL '02:00'",
    "'utc+3'",
    "'EST5EDT,M3.2.0,M11.1.0'",
    "'est5edt4:30,m3.2.0/1:00,j300/-167'",
    "'<-03>3<-02>,M10.3.0/0,M2.3.0/0'",
    "'XYZ-1ABC'",
    "'EST5EDT'",
    "'etc/gmt+5'",
    "'Etc/GMT-14'",
    "'Etc/GMT+13'",
    "'Etc/GMT0'",
    "'GMT+0'",
    "'factory'",
    "'XYZ-1ABC,0,365'",
    "'XYZ-1ABC,J0,J365'",
    "'XYZ-1ABC,M3.2.0'",
    "'XYZ-1ABC,M13.2.0,M11.1.0'",
    "'XYZ-1ABC,M3.6.0,M11.1.0'",
    "'XYZ-1ABC,M3.2.7,M11.1.0'",
    "'XYZ-1ABC,M3.2.0,M11.1.0x'",
    "'XYZ-1ABC,M3.2.0/168,M11.1.0'",
    "'XYZ-1,M3.2.0,M11.1.0'",
    "'XYZ-1:00:30ABC,M3.2.0,M11.1.0'",
    "'A5'",
    "'AB5CD'",
    "'A/B5'",
  ])('%s is kept, or refused, as PostgreSQL does', async (value) => {
    expect(await shownAfter(ours, value)).toBe(await shownAfter(theirs, value));
  });
});
