import { BufferReader } from '@riffq/wire';
import { serialize } from 'pg-protocol';
import { md5Password } from './md5-password.js';
import { ScramSha256 } from './scram-sha-256.js';

/** An Authentication message as a server sent it: its name in the manual, and what follows type and length. */
export interface AuthenticationMessage {
  readonly name: string;
  readonly body: Uint8Array;
}

/**
 * Answers what a server asks about a password: clear text, MD5 or SCRAM-SHA-256 without channel binding.
 * https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-START-UP
 */
export class PasswordExchange {
  readonly #user: string;
  readonly #password: string | undefined;
  #scram: ScramSha256 | undefined;

  constructor(user: string, password: string | undefined) {
    this.#user = user;
    this.#password = password;
  }

  /**
   * The frame that answers an Authentication message; undefined if it wants no answer.
   *
   * @throws Error if there is no password, or the server wants something else than the three, or misbehaves.
   */
  async answer(message: AuthenticationMessage): Promise<Uint8Array | undefined> {
    // After the code.
    const content = message.body.subarray(4);
    switch (message.name) {
      case 'AuthenticationOk':
        if (this.#scram?.verified === false) throw new Error('the server has not shown that it knows the password');
        return undefined;
      case 'AuthenticationCleartextPassword':
        return serialize.password(this.#passwordFor(message));
      case 'AuthenticationMD5Password':
        return serialize.password(md5Password(this.#user, this.#passwordFor(message), content));
      case 'AuthenticationSASL':
        this.#requireScram(content);
        this.#scram = new ScramSha256(this.#passwordFor(message));
        return serialize.sendSASLInitialResponseMessage('SCRAM-SHA-256', this.#scram.first);
      case 'AuthenticationSASLContinue':
        return serialize.sendSCRAMClientFinalMessage(await this.#scramFor(message).final(text(content)));
      case 'AuthenticationSASLFinal':
        this.#scramFor(message).verify(text(content));
        return undefined;
      default:
        throw new Error(`the server asks for ${message.name}, which this client cannot answer`);
    }
  }

  #passwordFor({ name }: AuthenticationMessage): string {
    if (this.#password === undefined) throw new Error(`the server asks for a password (${name}), and none was given`);
    return this.#password;
  }

  #scramFor({ name }: AuthenticationMessage): ScramSha256 {
    if (this.#scram === undefined) throw new Error(`the server sends ${name} before AuthenticationSASL`);
    return this.#scram;
  }

  #requireScram(content: Uint8Array): void {
    const reader = new BufferReader(content, 'AuthenticationSASL');
    const mechanisms: string[] = [];
    for (let name = reader.cstring(); name !== ''; name = reader.cstring()) mechanisms.push(name);
    if (!mechanisms.includes('SCRAM-SHA-256')) {
      throw new Error(`the server offers ${mechanisms.join(', ')}; this client knows SCRAM-SHA-256 alone`);
    }
  }
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
