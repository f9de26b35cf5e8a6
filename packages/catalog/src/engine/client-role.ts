import { identifier, literal } from './sql-text.js';

/** What a role is called until it has a name that CREATE ROLE and DROP ROLE refuse. */
const standIn = 'riffq: without a name';

/** Whether PostgreSQL has nobody make a role of the name: where others say who a client is, there may be one. */
function isReservedName(user: string): boolean {
  return user === 'none' || user === 'public' || user.startsWith('pg_');
}

/** SQL that makes the role of a client; it fails when there is one of the name, PostgreSQL's own among them. */
export function createRole(user: string): string {
  const create = (name: string): string => `CREATE ROLE ${identifier(name)} LOGIN IN ROLE riffq`;
  return isReservedName(user) ? `${create(standIn)}; ${rename(standIn, user)}` : create(user);
}

/** SQL that removes it. */
export function dropRole(user: string): string {
  const drop = (name: string): string => `DROP ROLE ${identifier(name)}`;
  return isReservedName(user) ? `${rename(user, standIn)}; ${drop(standIn)}` : drop(user);
}

function rename(from: string, to: string): string {
  return `UPDATE pg_authid SET rolname = ${literal(to)} WHERE rolname = ${literal(from)}`;
}
