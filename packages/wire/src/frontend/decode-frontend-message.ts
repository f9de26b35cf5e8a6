import { BufferReader } from '../buffer-reader.js';
import { type CopyData, decodeCopyData } from '../copy/copy-data.js';
import type { CopyDone } from '../copy/copy-done.js';
import type { Frame } from '../frame.js';
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
  const { type } = frame;
  switch (type) {
    case frontendType.Query:
      return decodeQuery(BufferReader.of(frame, 'Query'));
    case frontendType.Parse:
      return decodeParse(BufferReader.of(frame, 'Parse'));
    case frontendType.Bind:
      return decodeBind(BufferReader.of(frame, 'Bind'));
    case frontendType.Describe:
      return decodeDescribe(BufferReader.of(frame, 'Describe'));
    case frontendType.Execute:
      return decodeExecute(BufferReader.of(frame, 'Execute'));
    case frontendType.Sync:
      return decodeSync(BufferReader.of(frame, 'Sync'));
    case frontendType.Close:
      return decodeClose(BufferReader.of(frame, 'Close'));
    case frontendType.Flush:
      return decodeFlush(BufferReader.of(frame, 'Flush'));
    case frontendType.CopyData:
      return decodeCopyData(BufferReader.of(frame, 'CopyData'));
    case frontendType.CopyDone:
      return decodeCopyDone(BufferReader.of(frame, 'CopyDone'));
    case frontendType.CopyFail:
      return decodeCopyFail(BufferReader.of(frame, 'CopyFail'));
    case frontendType.Terminate:
      return decodeTerminate();
    case frontendType.FunctionCall:
      return decodeFunctionCall(BufferReader.of(frame, 'FunctionCall'));
    case frontendType.PasswordMessage:
      if (passwordKind !== undefined) return decodePassword(frame, passwordKind);
  }
  throw new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.protocol_violation,
    message: `invalid frontend message type ${type}`,
  });
}

function decodePassword(frame: Frame, kind: PasswordKind): FrontendMessage {
  const reader = BufferReader.of(frame, kind, 'FATAL');
  switch (kind) {
    case 'PasswordMessage':
      return decodePasswordMessage(reader);
    case 'SASLInitialResponse':
      return decodeSASLInitialResponse(reader);
    case 'SASLResponse':
      return decodeSASLResponse(reader);
  }
}
