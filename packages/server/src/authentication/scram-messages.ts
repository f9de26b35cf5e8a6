import { PgError, sqlstate } from '@riffq/wire';
import { protocolViolation } from '../errors/statement-errors.js';

/** What channel binding a client's first message speaks of: none, none because the server seems to have none, or this. */
export type ChannelBindingFlag = { readonly kind: 'n' | 'y' } | { readonly kind: 'p'; readonly type: string };

/** The client's first message: the channel binding, the nonce, and what of it is signed. */
export interface ClientFirst {
  readonly flag: ChannelBindingFlag;
  readonly nonce: string;
  readonly bare: string;
}

/** The client's last message; `withoutProof` is what of it is signed. */
export interface ClientFinal {
  readonly channelBinding: string;
  readonly nonce: string;
  readonly proof: Uint8Array;
  readonly withoutProof: string;
}

/**
 * Reads the client's first message, byte for a character. Its user name does not count: that of the StartupMessage does.
 * https://www.rfc-editor.org/rfc/rfc5802#section-7
 *
 * @throws PgError FATAL 08P01 or 0A000, in PostgreSQL's words.
 */
export function readClientFirst(message: string): ClientFirst {
  const reader = new AttributeReader(message);
  const flag = reader.flag();
  if (reader.character === 'a') {
    throw notSupported('client uses authorization identity, but it is not supported');
  }
  if (reader.character !== ',') {
    throw malformed(`Unexpected attribute "${shown(reader.character)}" in client-first-message.`);
  }
  reader.skip();
  const bare = reader.rest;
  if (bare.startsWith('m')) throw notSupported('client requires an unsupported SCRAM extension');
  reader.value('n');
  const nonce = reader.value('r');
  if (!/^[\x21-\x2b\x2d-\x7e]*$/.test(nonce))
    throw protocolViolation('non-printable characters in SCRAM nonce', 'FATAL');
  while (reader.rest !== '') reader.anyAttribute();
  return { flag, nonce, bare };
}

/**
 * Reads the client's last message. @throws PgError FATAL 08P01, in PostgreSQL's words, when it is malformed
 */
export function readClientFinal(message: string, checkBinding: (channelBinding: string) => void): ClientFinal {
  const reader = new AttributeReader(message);
  const channelBinding = reader.value('c');
  checkBinding(channelBinding);
  const nonce = reader.value('r');
  for (;;) {
    const before = reader.rest.length;
    const { name, value } = reader.anyAttribute();
    if (name !== 'p') continue;
    const proof = Buffer.from(value, 'base64');
    // Node skips what is no base64.
    if (proof.length !== 32 || proof.toString('base64') !== value) {
      throw malformed('Malformed proof in client-final-message.');
    }
    if (reader.rest !== '') throw malformed('Garbage found at the end of client-final-message.');
    // Without the comma before it.
    return { channelBinding, nonce, proof, withoutProof: message.slice(0, message.length - before - 1) };
  }
}

/** The text that a message of SCRAM is. @throws PgError FATAL 08P01 when it is empty or has a NUL in it */
export function textOfMessage(data: Uint8Array): string {
  if (data.length === 0) throw malformed('The message is empty.');
  if (data.includes(0)) throw malformed('Message length does not match input length.');
  return Buffer.from(data).toString('latin1');
}

/** 08P01 with PostgreSQL's one message for all of these. */
export function malformed(detail: string): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.protocol_violation,
    message: 'malformed SCRAM message',
    detail,
  });
}

function notSupported(message: string): PgError {
  return new PgError({ severity: 'FATAL', sqlstate: sqlstate.feature_not_supported, message });
}

/** `r=...,s=...`: a letter, then anything but a comma. */
class AttributeReader {
  #rest: string;

  constructor(text: string) {
    this.#rest = text;
  }

  get rest(): string {
    return this.#rest;
  }

  /** The next one, empty at the end. */
  get character(): string {
    return this.#rest.charAt(0);
  }

  skip(): void {
    this.#rest = this.#rest.slice(1);
  }

  flag(): ChannelBindingFlag {
    const { character } = this;
    if (character === 'p') return { kind: 'p', type: this.value('p') };
    if (character !== 'n' && character !== 'y') {
      throw malformed(`Unexpected channel-binding flag "${shown(character)}".`);
    }
    this.skip();
    if (this.character !== ',') throw malformed(`Comma expected, but found character "${shown(this.character)}".`);
    this.skip();
    return { kind: character };
  }

  value(name: string): string {
    if (this.character !== name) {
      throw malformed(`Expected attribute "${name}" but found "${shown(this.character)}".`);
    }
    return this.#valueOf(name);
  }

  anyAttribute(): { readonly name: string; readonly value: string } {
    const name = this.character;
    if (name === '') throw malformed('Attribute expected, but found end of string.');
    if (!/[A-Za-z]/.test(name)) throw malformed(`Attribute expected, but found invalid character "${shown(name)}".`);
    return { name, value: this.#valueOf(name) };
  }

  #valueOf(name: string): string {
    this.skip();
    if (this.character !== '=') throw malformed(`Expected character "=" for attribute "${name}".`);
    const end = this.#rest.indexOf(',');
    const value = this.#rest.slice(1, end < 0 ? undefined : end);
    this.#rest = end < 0 ? '' : this.#rest.slice(end + 1);
    return value;
  }
}

/** A character as PostgreSQL shows it. */
function shown(character: string): string {
  if (/[\x21-\x7e]/.test(character)) return `'${character}'`;
  const code = character === '' ? 0 : character.charCodeAt(0);
  return `0x${code.toString(16).padStart(2, '0')}`;
}
