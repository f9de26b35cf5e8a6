import { decodeStartupPacket, type Frame, PgError, type StartupPacket, sqlstate } from '@riffq/wire';
import { asFatal } from '../../errors/to-pg-error.js';
import type { Channel } from '../../io/channel.js';
import { invalidSetting } from '../../settings/invalid-setting.js';
import { parseBoolean } from '../../settings/parse-boolean.js';
import { requestCancel } from '../cancel/request-cancel.js';
import type { SessionHost } from '../session-host.js';
import { readStartupRequest, type StartupRequest, supportedMinor } from './startup-request.js';

type StartupMessage = Extract<StartupPacket, { type: 'StartupMessage' }>;

/** The minor versions that requests for encryption have, of 1234: the second time PostgreSQL takes them for no more than that. */
const requestMinors = { SSLRequest: 5679, GSSENCRequest: 5680 } as const;
/** Version 1234.5678. */
const cancelRequestCode = Buffer.of(0x04, 0xd2, 0x16, 0x2e);
type EncryptionRequest = keyof typeof requestMinors;

/**
 * Reads start-up packets until a StartupMessage (manual, section 54.2.1): SSLRequest and GSSENCRequest are answered once each,
 * in any order, a CancelRequest is carried out. Null when the client has left or wanted no session.
 */
export async function readStartup(host: SessionHost, channel: Channel): Promise<StartupRequest | null> {
  const answered: EncryptionRequest[] = [];
  const answerOnce = (request: EncryptionRequest): void => {
    if (answered.includes(request)) throw unsupportedProtocol(1234, requestMinors[request]);
    answered.push(request);
  };
  for (let isFirst = true; ; isFirst = false) {
    const frame = await nextFrame(host, channel, isFirst);
    if (frame === null) return null;
    const { body } = frame;
    const known = host.lastStartup.find(body);
    if (known !== undefined) {
      channel.inbound.reader.mode = 'authentication';
      return known;
    }
    const packet = decodePacket(host, body);
    if (packet === null) return null;
    switch (packet.type) {
      case 'CancelRequest': {
        const session = host.cancelRegistry.find(packet.processId, packet.secretKey);
        if (session !== undefined) void requestCancel(session, host.logger);
        return null;
      }
      case 'GSSENCRequest':
        answerOnce(packet.type);
        channel.refuseEncryption('GSSAPI encryption');
        break;
      case 'SSLRequest':
        answerOnce(packet.type);
        if (host.tls !== undefined && channel.canUpgrade) {
          await channel.upgrade(host.tls);
          // There is nothing left to ask for.
          answered.push('GSSENCRequest');
        } else channel.refuseEncryption('SSL');
        break;
      case 'StartupMessage': {
        if (packet.major !== 3) {
          refuseProtocol(channel, packet);
          return null;
        }
        channel.inbound.reader.mode = 'authentication';
        const isNegotiated = negotiate(channel, packet);
        check(packet);
        const startup = readStartupRequest(packet, host);
        const hasPlainAnswer = !isNegotiated && startup.refusal === undefined && startup.notices.length === 0;
        if (hasPlainAnswer) host.lastStartup.keep(body, startup);
        return startup;
      }
    }
  }
}

/**
 * Null when the client has left, or sends what is no packet: PostgreSQL too has no word for HTTP and port scanners. In the place
 * of the first one TLS may begin.
 */
async function nextFrame(host: SessionHost, channel: Channel, isFirst: boolean): Promise<Frame | null> {
  for (;;) {
    const { inbound } = channel;
    let frame: Frame | undefined;
    try {
      frame = inbound.take();
    } catch (error) {
      if (isFirst && host.tls !== undefined && (await channel.upgradeDirectly(host.tls))) continue;
      host.logger.debug({ err: error }, 'a client sent something that is no start-up packet');
      return null;
    }
    if (frame !== undefined) return frame;
    if (inbound.finished) return null;
    await inbound.wait();
  }
}

/** Null for a malformed CancelRequest, of which PostgreSQL tells its log alone: nobody waits for the answer to one. */
function decodePacket(host: SessionHost, body: Uint8Array): StartupPacket | null {
  try {
    return decodeStartupPacket(body);
  } catch (error) {
    if (!cancelRequestCode.equals(body.subarray(0, 4))) throw error;
    host.logger.debug({ err: error }, 'a client sent a malformed CancelRequest');
    return null;
  }
}

/** Clients of protocols 1 and 2 know errors as a mere text. */
function refuseProtocol(channel: Channel, { major, minor }: StartupMessage): void {
  const error = unsupportedProtocol(major, minor);
  if (major !== 1 && major !== 2) throw error;
  channel.outbound.sendEncoded(Buffer.from(`EFATAL:  ${error.message}\n\0`));
}

function unsupportedProtocol(major: number, minor: number): PgError {
  return fatal(
    sqlstate.feature_not_supported,
    `unsupported frontend protocol ${major}.${minor}: server supports 3.0 to 3.${supportedMinor}`,
  );
}

/** Speaks 3.0 to 3.2; a newer client, or one with unknown options, is told what it can have instead: whether it was. */
function negotiate(channel: Channel, { minor, parameters }: StartupMessage): boolean {
  const unknownOptions = [...parameters.keys()].filter((name) => name.startsWith('_pq_.'));
  if (minor <= supportedMinor && unknownOptions.length === 0) return false;
  const newest = Math.min(minor, supportedMinor);
  channel.outbound.send({ type: 'NegotiateProtocolVersion', minor: newest, options: unknownOptions });
  return true;
}

function check({ parameters }: StartupMessage): void {
  const replication = parameters.get('replication') ?? 'off';
  const wantsReplication = replication === 'database' || parseBoolean(replication);
  if (wantsReplication === undefined) {
    const hint = 'Valid values are: "false", 0, "true", 1, "database".';
    throw asFatal(invalidSetting('replication', replication, { hint }));
  }
  if (wantsReplication) {
    throw fatal(sqlstate.feature_not_supported, 'replication connections are not supported');
  }
  if (!parameters.get('user')) {
    throw fatal(sqlstate.invalid_authorization_specification, 'no PostgreSQL user name specified in startup packet');
  }
}

function fatal(code: string, message: string): PgError {
  return new PgError({ severity: 'FATAL', sqlstate: code, message });
}
