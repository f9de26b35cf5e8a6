/**
 * What stands in place of the protocol version in start-up packets that are no StartupMessage.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html
 */
export const requestCode = {
  CancelRequest: 80_877_102,
  SSLRequest: 80_877_103,
  GSSENCRequest: 80_877_104,
} as const;
