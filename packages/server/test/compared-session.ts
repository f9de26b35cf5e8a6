import { FIRST_USER_OID, type LazyCatalogSource } from '@riffq/catalog';
import pg from 'pg';
import { inject } from 'vitest';
import { type RiffqServer, type ServeOptions, serve } from '../src/index.js';
import { portOf } from './listening.js';

const source: LazyCatalogSource = {
  databases: () => [{ oid: FIRST_USER_OID, name: 'shop' }],
  schemas: () => [],
  relations: () => [],
  columns: () => [],
};

/** A server whose catalog has nothing but what PostgreSQL itself has. */
export function serveEmptyCatalog(options: Partial<ServeOptions> = {}): Promise<RiffqServer> {
  return serve({ address: '127.0.0.1:0', query: () => [{ answer: 42 }], catalog: source, ...options });
}

/** What is said to a statement. */
interface Answer {
  readonly statement: string | pg.QueryArrayConfig;
  readonly columns?: readonly (readonly [name: string, typeOid: number])[];
  readonly command?: string;
  readonly rows?: readonly unknown[];
  readonly error?: Pick<pg.DatabaseError, 'severity' | 'code' | 'message' | 'detail'>;
  readonly notices: readonly unknown[];
}

/** What a client asks for as it connects. */
type Asked = Pick<pg.ClientConfig, 'application_name' | 'options'>;

/** The same ordinary user's session with a server of ours and with PostgreSQL. */
export class ComparedSession implements AsyncDisposable {
  private constructor(
    private readonly ours: pg.Client,
    private readonly postgres: pg.Client,
  ) {}

  static async connect(server: RiffqServer, user: string, asked: Asked = {}): Promise<ComparedSession> {
    const { host, port, database, user: superuser, password } = inject('oracle');
    const admin = new pg.Client({ host, port, database, user: superuser, password });
    await admin.connect();
    await admin.query(`drop role if exists ${user}; create role ${user} login password '${password}'`);
    await admin.end();
    const ours = new pg.Client({ host: '127.0.0.1', port: portOf(server), user, database: 'shop', ...asked });
    const postgres = new pg.Client({ host, port, database, user, password, ...asked });
    await Promise.all([ours.connect(), postgres.connect()]);
    return new ComparedSession(ours, postgres);
  }

  /** What both say to each of the statements: rows as arrays, or the error, and the notices before. */
  async answers(
    ...statements: readonly (string | pg.QueryArrayConfig)[]
  ): Promise<{ readonly ours: readonly Answer[]; readonly postgres: readonly Answer[] }> {
    const ours: Answer[] = [];
    const postgres: Answer[] = [];
    for (const statement of statements) {
      ours.push(await answerTo(this.ours, statement));
      postgres.push(await answerTo(this.postgres, statement));
    }
    return { ours, postgres };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.ours.end(), this.postgres.end()]);
  }
}

async function answerTo(client: pg.Client, statement: string | pg.QueryArrayConfig): Promise<Answer> {
  const notices: unknown[] = [];
  const note = (notice: { readonly [field in 'severity' | 'code' | 'message']: string | undefined }): void => {
    const { severity, code, message } = notice;
    notices.push({ severity, code, message });
  };
  client.on('notice', note);
  try {
    const query = typeof statement === 'string' ? { text: statement, rowMode: 'array' as const } : statement;
    const { command, fields, rows } = await client.query(query);
    return { statement, command, columns: fields.map(({ name, dataTypeID }) => [name, dataTypeID]), rows, notices };
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    const { severity, code, message, detail } = error;
    return { statement, error: { severity, code, message, detail }, notices };
  } finally {
    client.off('notice', note);
  }
}
