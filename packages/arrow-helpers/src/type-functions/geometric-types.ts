/**
 * Geometric types (https://www.postgresql.org/docs/18/datatype-geometric.html): text as the client wrote it; binary as
 * PostgreSQL writes it.
 */
import type { BufferReader } from '@riffq/wire';
import { formatFloat8 } from './float-text.js';
import { invalidBinary } from './input-error.js';
import { readByte, readFloat64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';

/** What is nearer to 0 than this counts as 0. */
const epsilon = 1e-6;
const pointBytes = 16;
/** So many points have a size that fits 31 bits, with the header of a path or a polygon. */
const mostPathPoints = Math.floor((2 ** 31 - 1 - 16) / pointBytes);
const mostPolygonPoints = Math.floor((2 ** 31 - 1 - 40) / pointBytes);

/** `(x,y)` */
export const pointType = decoder(readPoint);

/** `[(x1,y1),(x2,y2)]` */
export const lsegType = decoder((reader) => `[${readPoint(reader)},${readPoint(reader)}]`);

/** `(x1,y1),(x2,y2)`, the upper right corner first. */
export const boxType = decoder((reader) => {
  const [x1, y1, x2, y2] = [readFloat64(reader), readFloat64(reader), readFloat64(reader), readFloat64(reader)];
  const [right, left] = isLess(x1, x2) ? [x2, x1] : [x1, x2];
  const [upper, lower] = isLess(y1, y2) ? [y2, y1] : [y1, y2];
  return `${point(right, upper)},${point(left, lower)}`;
});

/** `{A,B,C}` of Ax + By + C = 0 */
export const lineType = decoder((reader) => {
  const [a, b, c] = [readFloat64(reader), readFloat64(reader), readFloat64(reader)];
  if (Math.abs(a) <= epsilon && Math.abs(b) <= epsilon) {
    throw invalidBinary('invalid line specification: A and B cannot both be zero');
  }
  return `{${[a, b, c].map(formatFloat8).join(',')}}`;
});

/** `((x1,y1),...)` if it is closed, else `[(x1,y1),...]` */
export const pathType = decoder((reader) => {
  const isClosed = readByte(reader) !== 0;
  const points = readPoints(reader, 'path', mostPathPoints);
  return isClosed ? `(${points})` : `[${points}]`;
});

/** `((x1,y1),...)` */
export const polygonType = decoder((reader) => `(${readPoints(reader, 'polygon', mostPolygonPoints)})`);

/** `<(x,y),r>` */
export const circleType = decoder((reader) => {
  const center = readPoint(reader);
  const radius = readFloat64(reader);
  if (radius < 0) throw invalidBinary('invalid radius in external "circle" value');
  return `<${center},${formatFloat8(radius)}>`;
});

function decoder(binary: (reader: BufferReader) => string): TypeFunctions {
  return { text: (input) => input, binary };
}

function readPoints(reader: BufferReader, type: string, most: number): string {
  const count = reader.int32();
  if (count <= 0 || count >= most) throw invalidBinary(`invalid number of points in external "${type}" value`);
  const points: string[] = [];
  for (let index = 0; index < count; index++) points.push(readPoint(reader));
  return points.join(',');
}

function readPoint(reader: BufferReader): string {
  const x = readFloat64(reader);
  return point(x, readFloat64(reader));
}

function point(x: number, y: number): string {
  return `(${formatFloat8(x)},${formatFloat8(y)})`;
}

/** NaN is above all numbers. */
function isLess(first: number, second: number): boolean {
  return Number.isNaN(second) ? !Number.isNaN(first) : first < second;
}
