import { BufferReader } from '../buffer-reader.js';
import { type CopyData, decodeCopyData } from '../copy/copy-data.js';
import type { CopyDone } from '../copy/copy-done.js';
import type { Frame } from '../frame-reader.js';
import { PgError } from '../pg-error.js';
import { sqlstate } from '../sqlstate.generated.js';
import { type Bind, decodeBind } from './bind.js';
import {
  decodeCopyDone,
  decodeFlush,
  decodeSync,
  decodeTerminate,
  type Flush,
  type Sync,
  type Terminate,
} from './bodyless.js';
import { type Close, decodeClose } from './close.js';
import { type CopyFail, decodeCopyFail } from './copy-fail.js';
import { type Describe, decodeDescribe } from './describe.js';
import { decodeExecute, type Execute } from './execute.js';
import { frontendType } from './frontend-type.js';
import { decodeFunctionCall, type FunctionCall } from './function-call.js';
import { decodeParse, type Parse } from './parse.js';
import { decodePasswordMessage, type PasswordMessage } from './password-message.js';
import { decodeQuery, type Query } from './query.js';
import { decodeSASLInitialResponse, type SASLInitialResponse } from './sasl-initial-response.js';
import { decodeSASLResponse, type SASLResponse } from './sasl-response.js';

/** Everything a client sends after its start-up packets. */
export type FrontendMessage =
  | Bind
  | Close
  | CopyData
  | CopyDone
  | CopyFail
  | Describe
  | Execute
  | Flush
  | FunctionCall
  | Parse
  | PasswordMessage
  | Query
  | SASLInitialResponse
  | SASLResponse
  | Sync
  | Terminate;

/** What a message of type `p` is; only who asked for it knows. */
export type PasswordKind = 'PasswordMessage' | 'SASLInitialResponse' | 'SASLResponse';

/**
 * Decodes a frame of a type other than 0. Parameters and data are not copied: they alias the frame's body.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html
 *
 * @param passwordKind - the answer that was asked for; without it a message of type `p` is out of place.
 * @throws PgError 08P01 if the body is malformed, 22021 if a text is not UTF-8, 22023 if a format code is unknown: an
 * ERROR, after which the session goes on (FATAL in answers to authentication requests). FATAL 08P01 for a type that no
 * message has, or that is out of place.
 */
export function decodeFrontendMessage(frame: Frame, passwordKind?: PasswordKind): FrontendMessage {
  const { type, body } = frame;
  switch (type) {
    case frontendType.Query:
      return decodeQuery(new BufferReader(body, 'Query'));
    case frontendType.Parse:
      return decodeParse(new BufferReader(body, 'Parse'));
    case frontendType.Bind:
      return decodeBind(new BufferReader(body, 'Bind'));
    case frontendType.Describe:
      return decodeDescribe(new BufferReader(body, 'Describe'));
    case frontendType.Execute:
      return decodeExecute(new BufferReader(body, 'Execute'));
    case frontendType.Sync:
      return decodeSync(new BufferReader(body, 'Sync'));
    case frontendType.Close:
      return decodeClose(new BufferReader(body, 'Close'));
    case frontendType.Flush:
      return decodeFlush(new BufferReader(body, 'Flush'));
    case frontendType.CopyData:
      return decodeCopyData(new BufferReader(body, 'CopyData'));
    case frontendType.CopyDone:
      return decodeCopyDone(new BufferReader(body, 'CopyDone'));
    case frontendType.CopyFail:
      return decodeCopyFail(new BufferReader(body, 'CopyFail'));
    case frontendType.Terminate:
      return decodeTerminate(new BufferReader(body, 'Terminate'));
    case frontendType.FunctionCall:
      return decodeFunctionCall(new BufferReader(body, 'FunctionCall'));
    case frontendType.PasswordMessage:
      if (passwordKind !== undefined) return decodePassword(body, passwordKind);
  }
  throw new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.protocol_violation,
    message: `invalid frontend message type ${type}`,
  });
}

function decodePassword(body: Uint8Array, kind: PasswordKind): FrontendMessage {
  const reader = new BufferReader(body, kind, 'FATAL');
  switch (kind) {
    case 'PasswordMessage':
      return decodePasswordMessage(reader);
    case 'SASLInitialResponse':
      return decodeSASLInitialResponse(reader);
    case 'SASLResponse':
      return decodeSASLResponse(reader);
  }
}
