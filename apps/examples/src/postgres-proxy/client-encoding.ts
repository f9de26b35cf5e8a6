import type { PgError } from '@riffq/wire';
import { unsupportedEncoding } from './upstream-errors.js';

/**
 * The encoding of the session with the server. The proxy reads the client's statements and the server's messages as UTF-8, so
 * it lets the session have no encoding that makes other bytes of them, however a client asks for one.
 */
export class ClientEncoding {
  #now = 'UTF8';
  /** What the client knows. */
  #told: string | undefined;
  #ofServer = 'UTF8';

  /** Learns of a setting that the server reports; false when the client is not to hear of it. */
  learn(name: string, value: string): boolean {
    if (name === 'server_encoding') this.#ofServer = value;
    if (name !== 'client_encoding') return true;
    this.#now = value;
    if (!this.#isReadable || value === this.#told) return false;
    this.#told = value;
    return true;
  }

  /** What the client is told when it has chosen an encoding that it cannot have. */
  get refusal(): PgError | undefined {
    return this.#isReadable ? undefined : unsupportedEncoding(this.#now);
  }

  /** The statement that gives the session the encoding back that the client knows. */
  get restoring(): string {
    return `SET client_encoding = '${this.#told ?? 'UTF8'}'`;
  }

  /** By SQL_ASCII a database's own bytes pass as they are. */
  get #isReadable(): boolean {
    return this.#now === 'UTF8' || (this.#now === 'SQL_ASCII' && ['UTF8', 'SQL_ASCII'].includes(this.#ofServer));
  }
}

/** What a session is to start with; the client's own choice of an encoding goes before this one. */
export function inUtf8(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { options } = parameters;
  if (options === undefined) return { client_encoding: 'UTF8', ...parameters };
  return { ...parameters, options: `-c client_encoding=UTF8 ${options}` };
}
