import type { FrontendTypeName } from './frontend/frontend-type.js';

/**
 * The most bytes that the body of each message may have, the length word not counted. `StartupPacket` is for all that
 * comes in mode `startup`; `PasswordMessage` also for SASL responses and, in mode `authentication`, for every message.
 */
export type MessageLimits = Readonly<Record<FrontendTypeName | 'StartupPacket', number>>;

const large = 256 * 1024 * 1024;
const small = 10_000;

/**
 * What holds unless told otherwise: 256 MiB for messages that carry what users write (PostgreSQL: 1 GiB), and
 * PostgreSQL's own limits for the others: 10,000 bytes, 65,535 for passwords.
 */
export const defaultMessageLimits: MessageLimits = {
  StartupPacket: small,
  PasswordMessage: 65_535,
  Bind: large,
  CopyData: large,
  FunctionCall: large,
  Parse: large,
  Query: large,
  Close: small,
  CopyDone: small,
  CopyFail: small,
  Describe: small,
  Execute: small,
  Flush: small,
  Sync: small,
  Terminate: small,
};
