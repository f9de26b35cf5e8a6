import pg from 'pg';
import { inject } from 'vitest';

/** What an input function of PostgreSQL made of a text. */
export type OracleAnswer =
  | { readonly input: string; readonly output: string; readonly json: string; readonly binary: Buffer }
  | { readonly input: string; readonly error: OracleError };

export interface OracleError {
  readonly sqlstate: string;
  readonly message: string;
  readonly detail: string | undefined;
  readonly hint?: string | undefined;
  readonly where: string | undefined;
}

/** A session with the real PostgreSQL that tells how it reads values. */
export class ParameterOracle implements AsyncDisposable {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  /** @param settings - of the session, beside ISO style and UTC */
  static async connect(settings: Readonly<Record<string, string>> = {}): Promise<ParameterOracle> {
    const client = new pg.Client(inject('oracle'));
    await client.connect();
    await client.query("set IntervalStyle to postgres; set DateStyle to ISO; set TimeZone to 'UTC'");
    for (const [name, value] of Object.entries(settings)) {
      await client.query('select set_config($1, $2, false)', [name, value]);
    }
    return new ParameterOracle(client);
  }

  /** Has every text read as a value of the type and written back, in text, in JSON and in binary. */
  async read(type: string, inputs: readonly string[]): Promise<readonly OracleAnswer[]> {
    const { rows: sends } = await this.#client.query(
      'select typsend::text as send from pg_type where oid = $1::regtype',
      [type],
    );
    const { rows } = await this.#client.query({
      text: `select input, format('%s', value) as output, to_json(value)::text as json, ${sends[0].send}(value) as binary, error.*
        from unnest($1::text[]) with ordinality as given (input, position),
          lateral pg_input_error_info(input, $2) as error,
          lateral (select case when error.message is null then input::${type} end as value) as converted
        order by position`,
      values: [inputs, type],
    });
    return rows.map(({ input, output, json, binary, message, detail, sql_error_code: sqlstate }): OracleAnswer => {
      if (message === null) return { input, output, json, binary };
      return { input, error: { sqlstate, message, detail: detail ?? undefined, where: undefined } };
    });
  }

  /** Binds a text, or bytes as the type's binary form, as the one parameter of a statement; the result is its text. */
  async bind(type: string, value: string | Buffer): Promise<string | OracleError> {
    try {
      const { rows } = await this.#client.query({
        name: type,
        text: `select format('%s', $1::${type}) as output`,
        values: [value],
      });
      return rows[0].output;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      const { code, message, detail, hint, where } = error;
      return { sqlstate: code ?? '', message, detail, hint, where };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.end();
  }
}
