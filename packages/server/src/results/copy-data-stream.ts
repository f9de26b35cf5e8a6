import { encodeBackendMessage, FrameWriter } from '@riffq/wire';
import { unusableCopyData } from '../errors/result-errors.js';
import type { CopyOut } from '../query-result.js';
import { describeKind } from './describe-kind.js';
import { MessageStream } from './message-stream.js';
import type { RowStream } from './row-stream.js';
import { tagFunction } from './tag-function.js';

/** A handler's COPY data as CopyData messages. */
export function copyDataStream(copy: CopyOut): RowStream {
  const tag = tagFunction(copy.tag ?? ((count) => `COPY ${count}`));
  if ('copyData' in copy) {
    return new MessageStream({
      fields: [],
      tag,
      type: 'CopyData',
      source: copy.copyData,
      encode: (messages) => messages,
    });
  }
  const writer = new FrameWriter();
  return new MessageStream({
    ...{ fields: [], tag, type: 'CopyData', source: copy.data },
    encode: (data: Uint8Array) => {
      if (!(data instanceof Uint8Array)) throw unusableCopyData(describeKind(data));
      encodeBackendMessage(writer, { type: 'CopyData', data });
      return writer.take();
    },
  });
}
