import { type PasswordKind, traceFrontend } from '@riffq/wire';

/** A message as the client sent it. */
export class SentMessage {
  /** All of it, header included. */
  readonly bytes: Uint8Array;
  readonly #startup: boolean;
  readonly #passwordKind: PasswordKind;

  constructor(bytes: Uint8Array, kind: { readonly startup: boolean; readonly passwordKind: PasswordKind }) {
    this.bytes = bytes;
    this.#startup = kind.startup;
    this.#passwordKind = kind.passwordKind;
  }

  /** The message in the format of libpq's PQtrace, with the line's end. */
  get trace(): string {
    return traceFrontend(this.bytes, { startup: this.#startup, passwordKind: this.#passwordKind });
  }
}
