import { typeOid } from '@riffq/wire';
import { type Answer, encodedRows } from '../src/index.js';

/** One row of one value: the answer to `select 1` unless told otherwise. */
export function oneRow(text = '1'): Answer {
  const type = text === '1' ? typeOid.int4 : typeOid.text;
  return encodedRows({ fields: [{ name: '?column?', typeOid: type }], rows: [[text]] });
}

/** Rows of 100 kB without end, from a source that tells when it is released. */
export function endlessRows(onReleased: () => void = () => {}): Answer {
  async function* rows() {
    try {
      for (;;) yield ['x'.repeat(100_000)];
    } finally {
      onReleased();
    }
  }
  return encodedRows({ fields: [{ name: 'x', typeOid: typeOid.text }], rows: rows() });
}
