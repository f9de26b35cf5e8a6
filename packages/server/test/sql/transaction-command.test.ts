import { describe, expect, test } from 'vitest';
import { splitStatements } from '../../src/sql/statement.js';
import { endsTransaction, parseTransactionCommand } from '../../src/sql/transaction-command.js';

const parse = (sql: string): unknown => {
  const [statement] = splitStatements(sql);
  if (statement === undefined) return undefined;
  const command = parseTransactionCommand(statement);
  if (command === null) return null;
  const { implicit: _implicit, sql: _sql, ...rest } = command;
  return rest;
};

describe('parsing transaction commands', () => {
  test.each([
    ['begin', { kind: 'begin' }],
    ['BEGIN WORK', { kind: 'begin' }],
    [
      'begin isolation level serializable, read only',
      { kind: 'begin', isolationLevel: 'serializable', readOnly: true },
    ],
    ['start transaction isolation level repeatable read', { kind: 'begin', isolationLevel: 'repeatable read' }],
    ['begin transaction read write not deferrable', { kind: 'begin', readOnly: false, deferrable: false }],
    ['begin isolation level read committed', { kind: 'begin', isolationLevel: 'read committed' }],
    ['commit', { kind: 'commit', chain: false }],
    ['end transaction', { kind: 'commit', chain: false }],
    ['commit and chain', { kind: 'commit', chain: true }],
    ['rollback and no chain', { kind: 'rollback', chain: false }],
    ['abort', { kind: 'rollback', chain: false }],
    ['savepoint "My Point"', { kind: 'savepoint', name: 'My Point' }],
    ['savepoint A', { kind: 'savepoint', name: 'a' }],
    ['release a', { kind: 'release', name: 'a' }],
    ['release savepoint a', { kind: 'release', name: 'a' }],
    ['rollback to a', { kind: 'rollbackTo', name: 'a' }],
    ['rollback work to savepoint a', { kind: 'rollbackTo', name: 'a' }],
    ["commit prepared 'x'", null],
    ["rollback prepared 'x'", null],
    ['start slave', null],
    ['begin immediate', null],
    ['start transaction with consistent snapshot', null],
    ['begin isolation level serializable read only', { kind: 'begin', isolationLevel: 'serializable', readOnly: true }],
    ['begin isolation level foo', null],
    ['begin read only,', null],
    ['begin , read only', null],
    ['begin, commit', null],
    ['begin work transaction', null],
    ['(begin)', null],
    ['1 commit', null],
    ['"a" commit', null],
    ['commıt', null],
    ['abort to a', null],
    ['commit work and no chain', { kind: 'commit', chain: false }],
    ['rollback /* all of it */ -- now', { kind: 'rollback', chain: false }],
    ['rollback tto a', null],
    ['rollback to', null],
    ['rollback to savepoint', null],
    ['commit now', null],
    ["savepoint 'a'", null],
    ['savepoint a b', null],
    ['release', null],
    ["prepare transaction 'x'", null],
    ['select 1', null],
  ])('%s', (sql, expected) => {
    expect(parse(sql)).toEqual(expected);
  });
});

describe('in a failed block', () => {
  test.each([
    'commit',
    'END WORK',
    'rollback',
    'abort',
    'rollback to a',
    "prepare transaction 'x'",
    'Prepare /* it */ Transaction $$x$$',
  ])('%s passes', (sql) => {
    const [statement] = splitStatements(sql);
    expect(statement && endsTransaction(statement)).toBe(true);
  });

  test.each([
    'begin',
    'savepoint a',
    'release a',
    "commit prepared 'x'",
    "rollback prepared 'x'",
    'prepare transaction_of as select 1',
    'prepare transaction',
    "prepare transaction 'x' 'y'",
    'commıt',
    'select 1',
  ])('%s does not', (sql) => {
    const [statement] = splitStatements(sql);
    expect(statement && endsTransaction(statement)).toBe(false);
  });
});
