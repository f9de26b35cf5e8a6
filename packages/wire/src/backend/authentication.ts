import type { FrameWriter } from '../frame-writer.js';
import { backendType } from './backend-type.js';

/**
 * What the server asks for, or says, about authentication: one type byte, told apart by a code.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-AUTHENTICATIONOK
 */
export type Authentication =
  | { readonly type: Exclude<keyof typeof authenticationCode, AuthenticationWithContent['type']> }
  | AuthenticationWithContent;

type AuthenticationWithContent =
  | {
      readonly type: 'AuthenticationMD5Password';
      /** Four random bytes. */
      readonly salt: Uint8Array;
    }
  | {
      readonly type: 'AuthenticationSASL';
      /** The best first. */
      readonly mechanisms: readonly string[];
    }
  | {
      readonly type: 'AuthenticationGSSContinue' | 'AuthenticationSASLContinue' | 'AuthenticationSASLFinal';
      readonly data: Uint8Array;
    };

/** The code that follows the type byte. */
export const authenticationCode = {
  AuthenticationOk: 0,
  AuthenticationKerberosV5: 2,
  AuthenticationCleartextPassword: 3,
  AuthenticationMD5Password: 5,
  AuthenticationGSS: 7,
  AuthenticationGSSContinue: 8,
  AuthenticationSSPI: 9,
  AuthenticationSASL: 10,
  AuthenticationSASLContinue: 11,
  AuthenticationSASLFinal: 12,
} as const;

/** Writes one of them. */
export function encodeAuthentication(writer: FrameWriter, message: Authentication): void {
  writer.begin(backendType.Authentication);
  writer.int32(authenticationCode[message.type]);
  switch (message.type) {
    case 'AuthenticationMD5Password':
      writer.bytes(message.salt);
      break;
    case 'AuthenticationSASL':
      for (const mechanism of message.mechanisms) writer.cstring(mechanism);
      writer.byte(0);
      break;
    case 'AuthenticationGSSContinue':
    case 'AuthenticationSASLContinue':
    case 'AuthenticationSASLFinal':
      writer.bytes(message.data);
      break;
  }
  writer.end();
}
