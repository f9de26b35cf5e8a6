import { NamedMap } from '../named-map.js';
import type { PreparedStatement } from './prepared-statement.js';

/** A session's prepared statements by name, and how long their texts are. */
export class PreparedStatements extends NamedMap<PreparedStatement> {
  #bytes = 0;

  /** Of the texts, but for the unnamed one's. */
  get bytes(): number {
    return this.#bytes;
  }

  override set(name: string, statement: PreparedStatement): void {
    this.#bytes += bytesOf(statement) - bytesOf(this.get(name));
    super.set(name, statement);
  }

  override delete(name: string): boolean {
    this.#bytes -= bytesOf(this.get(name));
    return super.delete(name);
  }

  override clearNamed(): void {
    this.#bytes = 0;
    super.clearNamed();
  }
}

/** The unnamed one has no origin. */
function bytesOf(statement: PreparedStatement | undefined): number {
  return statement?.origin === undefined ? 0 : Buffer.byteLength(statement.origin.text);
}
