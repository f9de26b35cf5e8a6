import { authenticationCode } from '../backend/authentication.js';
import { backendType } from '../backend/backend-type.js';
import type { MessageTrace } from './message-trace.js';
import { type MessageLayout, unknownLayout } from './trace-message.js';

const layouts: ReadonlyMap<number, MessageLayout> = new Map<number, MessageLayout>([
  [backendType.BackendKeyData, ['BackendKeyData', backendKeyData]],
  [backendType.BindComplete, ['BindComplete']],
  [backendType.CloseComplete, ['CloseComplete']],
  [backendType.CommandComplete, ['CommandComplete', (message) => message.string()]],
  [backendType.CopyBothResponse, ['CopyBothResponse', copyResponse]],
  [backendType.CopyData, ['CopyData', (message) => message.rest()]],
  [backendType.CopyDone, ['CopyDone']],
  [backendType.CopyInResponse, ['CopyInResponse', copyResponse]],
  [backendType.CopyOutResponse, ['CopyOutResponse', copyResponse]],
  [backendType.DataRow, ['DataRow', (message) => message.list(() => message.value())]],
  [backendType.EmptyQueryResponse, ['EmptyQueryResponse']],
  [backendType.ErrorResponse, ['ErrorResponse', responseFields]],
  [backendType.FunctionCallResponse, ['FunctionCallResponse', (message) => message.value()]],
  [backendType.NegotiateProtocolVersion, ['NegotiateProtocolVersion', negotiateProtocolVersion]],
  [backendType.NoData, ['NoData']],
  [backendType.NoticeResponse, ['NoticeResponse', responseFields]],
  [backendType.NotificationResponse, ['NotificationResponse', notificationResponse]],
  [backendType.ParameterDescription, ['ParameterDescription', (message) => message.list(() => message.int32())]],
  [backendType.ParameterStatus, ['ParameterStatus', parameterStatus]],
  [backendType.ParseComplete, ['ParseComplete']],
  [backendType.PortalSuspended, ['PortalSuspended']],
  [backendType.ReadyForQuery, ['ReadyForQuery', (message) => message.byte()]],
  [backendType.RowDescription, ['RowDescription', rowDescription]],
]);

/** How to show a message of a backend, which need not be one. */
export function backendLayout(type: number, body: Uint8Array): MessageLayout {
  if (type === backendType.Authentication) return authenticationLayout(body);
  return layouts.get(type) ?? unknownLayout(type);
}

const authenticationNames: ReadonlyMap<number, string> = new Map(
  Object.entries(authenticationCode).map(([name, code]) => [code, name]),
);

function authenticationLayout(body: Uint8Array): MessageLayout {
  const code = body.length < 4 ? -1 : new DataView(body.buffer, body.byteOffset).getInt32(0);
  const name = authenticationNames.get(code) ?? `Unknown authentication message ${code}`;
  switch (code) {
    case authenticationCode.AuthenticationMD5Password:
    case authenticationCode.AuthenticationGSSContinue:
    case authenticationCode.AuthenticationSASLContinue:
    case authenticationCode.AuthenticationSASLFinal:
      return [name, (message) => message.skip(4).rest()];
    case authenticationCode.AuthenticationSASL:
      return [name, saslMechanisms];
    default:
      return [name, (message) => message.skip(4)];
  }
}

function saslMechanisms(message: MessageTrace): void {
  message.skip(4);
  while (message.string() !== '');
}

function backendKeyData(message: MessageTrace): void {
  message.int32();
  message.int32();
  if (message.remaining > 0) message.rest();
}

function copyResponse(message: MessageTrace): void {
  message.byte();
  message.list(() => message.int16());
}

function responseFields(message: MessageTrace): void {
  while (message.byte() !== 0) message.string();
}

function negotiateProtocolVersion(message: MessageTrace): void {
  message.int32();
  const options = message.int32();
  for (let index = 0; index < options; index++) message.string();
}

function notificationResponse(message: MessageTrace): void {
  message.int32();
  message.string();
  message.string();
}

function parameterStatus(message: MessageTrace): void {
  message.string();
  message.string();
}

function rowDescription(message: MessageTrace): void {
  message.list(() => {
    message.string();
    message.int32();
    message.int16();
    message.int32();
    message.int16();
    message.int32();
    message.int16();
  });
}
