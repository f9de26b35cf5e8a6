import { BufferReader } from '../buffer-reader.js';
import { type CancelRequest, decodeCancelRequest } from './cancel-request.js';
import type { GSSENCRequest, SSLRequest } from './encryption-request.js';
import { decodeStartupMessage, type StartupMessage } from './startup-message.js';

/** The packets that have no type byte and open a connection. */
export type StartupPacket = StartupMessage | SSLRequest | GSSENCRequest | CancelRequest;

/** What stands in place of the major version when the packet is no StartupMessage. */
const requestMajor = 1234;
const cancelRequest = 5678;
const sslRequest = 5679;
const gssencRequest = 5680;

/**
 * Decodes the body of a frame of type 0. A StartupMessage of another major version than 3 is given without its
 * parameters: the session decides what to say.
 * https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-START-UP
 *
 * @throws PgError FATAL 08P01 if the body is malformed, FATAL 22021 if it is not UTF-8.
 */
export function decodeStartupPacket(body: Uint8Array): StartupPacket {
  const reader = new BufferReader(body, 'the start-up packet', 'FATAL');
  const major = reader.uint16();
  const minor = reader.uint16();
  if (major !== requestMajor) return decodeStartupMessage(reader, major, minor);
  switch (minor) {
    case cancelRequest:
      return decodeCancelRequest(reader);
    // What they may have behind their code PostgreSQL does not look at.
    case sslRequest:
      return { type: 'SSLRequest' };
    case gssencRequest:
      return { type: 'GSSENCRequest' };
    default:
      return decodeStartupMessage(reader, major, minor);
  }
}
