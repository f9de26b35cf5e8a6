import { createServer } from 'node:net';
import {
  decodeFrontendMessage,
  decodeStartupPacket,
  encodeBackendMessage,
  type Frame,
  FrameReader,
  FrameWriter,
  isPgError,
  typeOid,
} from '@riffq/wire';

/** Answers every query of psql with one row: what it said. */
export const server = createServer((socket) => {
  const reader = new FrameReader();
  const writer = new FrameWriter();

  function answer(frame: Frame): void {
    if (reader.mode === 'startup') {
      if (decodeStartupPacket(frame.body).type !== 'StartupMessage') {
        socket.write('N'); // no TLS here
        return;
      }
      reader.mode = 'regular';
      encodeBackendMessage(writer, { type: 'AuthenticationOk' });
      encodeBackendMessage(writer, { type: 'ReadyForQuery', status: 'I' });
      return;
    }
    const message = decodeFrontendMessage(frame);
    if (message.type !== 'Query') return;
    encodeBackendMessage(writer, { type: 'RowDescription', fields: [{ name: 'you_said', typeOid: typeOid.text }] });
    encodeBackendMessage(writer, { type: 'DataRow', values: [message.sql] });
    encodeBackendMessage(writer, { type: 'CommandComplete', tag: 'SELECT 1' });
    encodeBackendMessage(writer, { type: 'ReadyForQuery', status: 'I' });
  }

  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    try {
      reader.push(chunk);
      for (let frame = reader.next(); frame !== undefined; frame = reader.next()) answer(frame);
      socket.write(writer.take());
    } catch (error) {
      if (!isPgError(error)) throw error;
      encodeBackendMessage(writer, { type: 'ErrorResponse', fields: { ...error.fields, severity: 'FATAL' } });
      socket.end(writer.take());
    }
  });
});
