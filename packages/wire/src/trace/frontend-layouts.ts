import type { PasswordKind } from '../frontend/decode-frontend-message.js';
import { frontendType } from '../frontend/frontend-type.js';
import type { MessageTrace } from './message-trace.js';
import { type MessageLayout, unknownLayout } from './trace-message.js';

const layouts: ReadonlyMap<number, MessageLayout> = new Map<number, MessageLayout>([
  [frontendType.Bind, ['Bind', bind]],
  [frontendType.Close, ['Close', target]],
  [frontendType.CopyData, ['CopyData', (message) => message.rest()]],
  [frontendType.CopyDone, ['CopyDone']],
  [frontendType.CopyFail, ['CopyFail', (message) => message.string()]],
  [frontendType.Describe, ['Describe', target]],
  [frontendType.Execute, ['Execute', execute]],
  [frontendType.Flush, ['Flush']],
  [frontendType.FunctionCall, ['FunctionCall', functionCall]],
  [frontendType.Parse, ['Parse', parse]],
  [frontendType.Query, ['Query', (message) => message.string()]],
  [frontendType.Sync, ['Sync']],
  [frontendType.Terminate, ['Terminate']],
]);

const passwordLayouts: Readonly<Record<PasswordKind, MessageLayout>> = {
  PasswordMessage: ['PasswordMessage', (message) => message.string()],
  SASLInitialResponse: ['SASLInitialResponse', saslInitialResponse],
  SASLResponse: ['SASLResponse', (message) => message.rest()],
};

/** How to show a message of a frontend, which need not be one. */
export function frontendLayout(type: number, passwordKind: PasswordKind): MessageLayout {
  if (type === frontendType.PasswordMessage) return passwordLayouts[passwordKind];
  return layouts.get(type) ?? unknownLayout(type);
}

/** How to show a start-up packet, by the version or request code that it begins with. */
export function startupLayout(body: Uint8Array): MessageLayout {
  const code = body.length < 4 ? 0 : new DataView(body.buffer, body.byteOffset).getInt32(0);
  switch (code) {
    case (1234 << 16) | 5678:
      return ['CancelRequest', cancelRequest];
    case (1234 << 16) | 5679:
      return ['SSLRequest', version];
    case (1234 << 16) | 5680:
      return ['GSSENCRequest', version];
    default:
      return ['StartupMessage', startupMessage];
  }
}

function version(message: MessageTrace): void {
  message.int16();
  message.int16();
}

function cancelRequest(message: MessageTrace): void {
  version(message);
  message.int32();
  message.int32();
  if (message.remaining > 0) message.rest();
}

function startupMessage(message: MessageTrace): void {
  version(message);
  while (message.remaining > 1) message.string();
  message.skip(1);
}

function bind(message: MessageTrace): void {
  message.string();
  message.string();
  message.list(() => message.int16());
  message.list(() => message.value());
  message.list(() => message.int16());
}

function target(message: MessageTrace): void {
  message.byte();
  message.string();
}

function execute(message: MessageTrace): void {
  message.string();
  message.int32();
}

function functionCall(message: MessageTrace): void {
  message.int32();
  message.list(() => message.int16());
  message.list(() => message.value());
  message.int16();
}

function parse(message: MessageTrace): void {
  message.string();
  message.string();
  message.list(() => message.int32());
}

function saslInitialResponse(message: MessageTrace): void {
  message.string();
  message.value();
}
