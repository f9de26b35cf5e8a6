import { type BackendMessage, encodeBackendMessage, FrameWriter } from '@riffq/wire';

/** A message's bytes, for one that is sent again and again. */
export function encodedMessage(message: BackendMessage): Uint8Array {
  const writer = new FrameWriter();
  encodeBackendMessage(writer, message);
  return writer.take().slice();
}
