/**
 * Asks for TLS before anything else is said; the answer is a single byte, `S` or `N`, and no message.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-SSLREQUEST
 */
export interface SSLRequest {
  readonly type: 'SSLRequest';
}

/**
 * Asks for GSSAPI encryption before anything else is said; the answer is a single byte, `G` or `N`, and no message.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-GSSENCREQUEST
 */
export interface GSSENCRequest {
  readonly type: 'GSSENCRequest';
}
