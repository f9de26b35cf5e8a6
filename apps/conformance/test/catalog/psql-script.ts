import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { ServerAddress } from '../../src/client.js';

/** What psql printed for one command, errors last. */
export type PsqlAnswers = ReadonlyMap<string, string>;

/** Runs commands in one psql, unaligned, so that a column is as wide as its values alone. */
export async function runPsql(address: ServerAddress, commands: readonly string[]): Promise<PsqlAnswers> {
  const { host, port, user, database, password } = address;
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  const place = { PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database, PGPASSWORD: password };
  const env = { ...Object.fromEntries(own), ...place, PGCLIENTENCODING: 'UTF8', LC_ALL: 'C' };
  const child = spawn('psql', ['--no-psqlrc', '--no-align', '--no-password', '--quiet'], { env });
  child.stdin.on('error', () => undefined);
  child.stdin.end(commands.map((command, at) => `\\echo ${marker(at)}\n\\warn ${marker(at)}\n${command}\n`).join(''));
  const [output, diagnostics] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (!diagnostics.includes(marker(commands.length - 1))) throw new Error(`psql ended: ${diagnostics.slice(-1000)}`);
  const printed = sections(output, commands.length);
  const warned = sections(diagnostics, commands.length);
  // Lines are those of the script.
  const errors = warned.map((section) => section.replace(/^psql:<stdin>:\d+: /gm, ''));
  return new Map(commands.map((command, at) => [command, `${printed[at]}${errors[at]}`]));
}

const marker = (at: number): string => `=== command ${at}`;

function sections(output: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => {
    const start = output.indexOf(`${marker(at)}\n`);
    const end = output.indexOf(`${marker(at + 1)}\n`);
    return output.slice(start + marker(at).length + 1, end < 0 ? undefined : end);
  });
}
