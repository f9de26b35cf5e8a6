import { beforeAll, describe, expect, test } from 'vitest';
import { debianIsAbsent, openDebianShop } from './debian-shop.js';
import { comparable, psqlCommands, psqlDifferences } from './psql-commands.js';
import { type PsqlAnswers, runPsql } from './psql-script.js';
import { shopForTests } from './shop-for-tests.js';

// psql is tied to a version: before PostgreSQL 18, columns that it asks for were other ones.
describe.skipIf(debianIsAbsent)('psql 15 shows the same of our server as of PostgreSQL 15', () => {
  const live = shopForTests(openDebianShop);
  let ours: PsqlAnswers;
  let theirs: PsqlAnswers;

  beforeAll(async () => {
    ours = await runPsql(live().ours, psqlCommands);
    theirs = await runPsql(live().theirs, psqlCommands);
  });

  test.for(psqlCommands.filter((command) => !(command in psqlDifferences)))('%s', (command) => {
    expect(comparable(ours.get(command))).toBe(comparable(theirs.get(command)));
  });

  test.for(Object.entries(psqlDifferences))('but for %s: %s', ([command]) => {
    expect(comparable(ours.get(command))).not.toBe(comparable(theirs.get(command)));
    expect(ours.get(command)).not.toContain('ERROR');
  });

  test('\\c to a database that there is not says so, and which there are', async () => {
    const nowhere = { ...live().ours, database: 'nowhere' };
    await expect(runPsql(nowhere, ['\\l'])).rejects.toThrow(
      /FATAL: {2}database "nowhere" does not exist\nHINT: .*shop_/,
    );
  });
});
