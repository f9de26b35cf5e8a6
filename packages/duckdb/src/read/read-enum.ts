import { type DuckDBEnumType, DuckDBTypeId } from '@duckdb/node-api';
import type { Vector } from '@duckdb/node-bindings';
import type { Data } from 'apache-arrow';
import { makeData } from 'apache-arrow/data';
import { Utf8 } from 'apache-arrow/type';
import { copyVector } from './read-fixed-width.js';
import { isValid, readValidity } from './validity.js';

/** An ENUM column as its labels; they are encoded once per result. */
export function readEnum(type: DuckDBEnumType): (vector: Vector, rowCount: number) => Data {
  const encoder = new TextEncoder();
  const labels = type.values.map((label) => encoder.encode(label));
  return (vector, rowCount) => {
    const validity = readValidity(vector, rowCount);
    const indices = readIndices(type, vector, rowCount);
    const valueOffsets = new Int32Array(rowCount + 1);
    let total = 0;
    for (let row = 0; row < rowCount; row += 1) {
      valueOffsets[row] = total;
      if (isValid(validity.nullBitmap, row)) total += labels[indices[row] ?? 0]?.length ?? 0;
    }
    valueOffsets[rowCount] = total;
    const data = new Uint8Array(total);
    for (let row = 0; row < rowCount; row += 1) {
      const label = labels[indices[row] ?? 0];
      if (label !== undefined && isValid(validity.nullBitmap, row)) data.set(label, valueOffsets[row]);
    }
    return makeData({ type: new Utf8(), length: rowCount, ...validity, valueOffsets, data });
  };
}

function readIndices(type: DuckDBEnumType, vector: Vector, rowCount: number): Uint8Array | Uint16Array | Uint32Array {
  switch (type.internalTypeId) {
    case DuckDBTypeId.UTINYINT:
      return copyVector(vector, rowCount);
    case DuckDBTypeId.USMALLINT:
      return new Uint16Array(copyVector(vector, rowCount * 2).buffer);
    default:
      return new Uint32Array(copyVector(vector, rowCount * 4).buffer);
  }
}
