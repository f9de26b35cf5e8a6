import { invalidBinary, invalidInput } from './input-error.js';
import { readUint64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';
import { int32, int64 } from './write-number.js';

/** Transactions: those before `first` are done, those from `end` on not begun, and some between in progress. */
interface Snapshot {
  readonly first: bigint;
  readonly end: bigint;
  readonly inProgress: readonly bigint[];
}

/** As many transactions as PostgreSQL has room for. */
const mostInProgress = (0x3fff_ffff - 24) / 8;

/** As strtou64() reads numbers. */
const written = /^([\t-\r ]*\+?\d+):([\t-\r ]*\+?\d+):((?:[\t-\r ]*\+?\d+(?:,|$))*)$/;
const largest = 2n ** 64n - 1n;

/** pg_snapshot and its older name txid_snapshot, printed as `xmin:xmax:` and the transactions in progress between. */
export const snapshotType: TypeFunctions<Snapshot> = {
  input(text) {
    const [, first, end, list = ''] = written.exec(text) ?? [];
    const inProgress = (list.match(/\d+/g) ?? []).map(transactionOf);
    const snapshot = first && end ? snapshotOf(transactionOf(first), transactionOf(end), inProgress) : undefined;
    if (snapshot === undefined) throw invalidInput('pg_snapshot', text);
    return snapshot;
  },
  output: ({ first, end, inProgress }) => `${first}:${end}:${inProgress.join(',')}`,
  receive(reader) {
    const count = reader.int32();
    if (count < 0 || count > mostInProgress) throw invalidSnapshot();
    const first = readUint64(reader);
    const end = readUint64(reader);
    if (snapshotOf(first, end, []) === undefined) throw invalidSnapshot();
    const inProgress: bigint[] = [];
    for (let index = 0; index < count; index++) {
      const transaction = readUint64(reader);
      if (!isBetween(transaction, first, end, inProgress.at(-1))) throw invalidSnapshot();
      inProgress.push(transaction);
    }
    return { first, end, inProgress: once(inProgress) };
  },
  send: ({ first, end, inProgress }) =>
    Buffer.concat([int32(inProgress.length), ...[first, end, ...inProgress].map(int64)]),
};

function transactionOf(text: string): bigint {
  const number = BigInt(text.replace('+', ''));
  return number > largest ? largest : number;
}

function snapshotOf(first: bigint, end: bigint, inProgress: readonly bigint[]): Snapshot | undefined {
  if (first === 0n || end === 0n || first > end) return undefined;
  const isGood = inProgress.every((transaction, at) => isBetween(transaction, first, end, inProgress[at - 1]));
  return isGood ? { first, end, inProgress: once(inProgress) } : undefined;
}

function isBetween(transaction: bigint, first: bigint, end: bigint, previous = 0n): boolean {
  return transaction >= previous && transaction >= first && transaction < end;
}

/** They are in order. */
function once(transactions: readonly bigint[]): readonly bigint[] {
  return transactions.filter((transaction, at) => transaction !== transactions[at - 1]);
}

function invalidSnapshot(): Error {
  return invalidBinary('invalid external pg_snapshot data');
}
