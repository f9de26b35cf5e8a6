import { invalidBinary } from './input-error.js';
import { readUint64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';

/** As many transactions as PostgreSQL has room for. */
const mostInProgress = (0x3fff_ffff - 24) / 8;

/**
 * pg_snapshot and its older name txid_snapshot: text as the client wrote it; binary as PostgreSQL writes it,
 * `xmin:xmax:` and the transactions in progress between.
 */
export const snapshotType: TypeFunctions = {
  text: (input) => input,
  binary(reader) {
    const count = reader.int32();
    if (count < 0 || count > mostInProgress) throw invalidSnapshot();
    const first = readUint64(reader);
    const end = readUint64(reader);
    if (first === 0n || end === 0n || first > end) throw invalidSnapshot();
    const inProgress: bigint[] = [];
    let last = 0n;
    for (let index = 0; index < count; index++) {
      const transaction = readUint64(reader);
      if (transaction < last || transaction < first || transaction >= end) throw invalidSnapshot();
      if (transaction !== last) inProgress.push(transaction);
      last = transaction;
    }
    return `${first}:${end}:${inProgress.join(',')}`;
  },
};

function invalidSnapshot(): Error {
  return invalidBinary('invalid external pg_snapshot data');
}
