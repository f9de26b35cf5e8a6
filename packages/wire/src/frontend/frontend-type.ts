/**
 * The first byte of each message a frontend sends. `PasswordMessage` is also that of SASLInitialResponse, SASLResponse
 * and GSSResponse: only the authentication in progress tells which it is.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html
 */
export const frontendType = {
  Bind: 0x42,
  Close: 0x43,
  CopyData: 0x64,
  CopyDone: 0x63,
  CopyFail: 0x66,
  Describe: 0x44,
  Execute: 0x45,
  Flush: 0x48,
  FunctionCall: 0x46,
  Parse: 0x50,
  PasswordMessage: 0x70,
  Query: 0x51,
  Sync: 0x53,
  Terminate: 0x58,
} as const;

/** A name that {@link frontendType} has. */
export type FrontendTypeName = keyof typeof frontendType;

/** The name of the message that begins with this byte, undefined if none does. */
export function frontendTypeName(type: number): FrontendTypeName | undefined {
  switch (type) {
    case frontendType.Bind:
      return 'Bind';
    case frontendType.Close:
      return 'Close';
    case frontendType.CopyData:
      return 'CopyData';
    case frontendType.CopyDone:
      return 'CopyDone';
    case frontendType.CopyFail:
      return 'CopyFail';
    case frontendType.Describe:
      return 'Describe';
    case frontendType.Execute:
      return 'Execute';
    case frontendType.Flush:
      return 'Flush';
    case frontendType.FunctionCall:
      return 'FunctionCall';
    case frontendType.Parse:
      return 'Parse';
    case frontendType.PasswordMessage:
      return 'PasswordMessage';
    case frontendType.Query:
      return 'Query';
    case frontendType.Sync:
      return 'Sync';
    case frontendType.Terminate:
      return 'Terminate';
    default:
      return undefined;
  }
}
