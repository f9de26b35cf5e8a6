import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Oracle, startOracle } from '../../src/oracle/start-oracle.js';
import { debianPrograms } from './debian-programs.js';
import { type LiveShop, openLiveShop } from './live-shop.js';
import { comparable, psqlCommands, psqlDifferences } from './psql-commands.js';
import { type PsqlAnswers, runPsql } from './psql-script.js';

const programs = await debianPrograms();
if (programs === undefined && process.env['CI']) throw new Error('did not run: PostgreSQL 15 is not installed');

// psql is tied to a version: before PostgreSQL 18, columns that it asks for were other ones.
describe.skipIf(programs === undefined)('psql 15 shows the same of our server as of PostgreSQL 15', () => {
  let oracle: Oracle;
  let live: LiveShop;
  let ours: PsqlAnswers;
  let theirs: PsqlAnswers;

  beforeAll(async () => {
    if (programs === undefined) return;
    oracle = await startOracle({ programs });
    live = await openLiveShop(oracle.address, '15.20');
    ours = await runPsql(live.ours, psqlCommands);
    theirs = await runPsql(live.theirs, psqlCommands);
  });
  afterAll(async () => {
    await live?.[Symbol.asyncDispose]();
    await oracle?.close();
  });

  test.for(psqlCommands.filter((command) => !(command in psqlDifferences)))('%s', (command) => {
    expect(comparable(ours.get(command))).toBe(comparable(theirs.get(command)));
  });

  test.for(Object.entries(psqlDifferences))('but for %s: %s', ([command]) => {
    expect(comparable(ours.get(command))).not.toBe(comparable(theirs.get(command)));
    expect(ours.get(command)).not.toContain('ERROR');
  });

  test('\\c to a database that there is not says so, and which there are', async () => {
    const nowhere = { ...live.ours, database: 'nowhere' };
    await expect(runPsql(nowhere, ['\\l'])).rejects.toThrow(
      /FATAL: {2}database "nowhere" does not exist\nHINT: .*shop_/,
    );
  });
});
