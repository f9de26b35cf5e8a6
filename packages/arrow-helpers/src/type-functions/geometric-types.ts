/** Geometric types: https://www.postgresql.org/docs/18/datatype-geometric.html */
import { type BufferReader, PgError, sqlstate } from '@riffq/wire';
import { formatFloat8 } from '../encode/float-text.js';
import type { OutputSettings } from '../output-settings.js';
import { GeometricScanner, type Point } from './geometric-syntax.js';
import { invalidBinary } from './input-error.js';
import { readByte, readFloat64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';
import { float64, int32 } from './write-number.js';

interface Circle {
  readonly center: Point;
  readonly radius: number;
}

interface Path {
  readonly isClosed: boolean;
  readonly points: readonly Point[];
}

/** Ax + By + C = 0 */
interface Line {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** What is nearer to 0 than this counts as 0. */
const epsilon = 1e-6;
const pointBytes = 16;
/** So many points have a size that fits 31 bits, with the header of a path or a polygon. */
const mostPathPoints = Math.floor((2 ** 31 - 1 - 16) / pointBytes);
const mostPolygonPoints = Math.floor((2 ** 31 - 1 - 40) / pointBytes);

/** `(x,y)` */
export const pointType: TypeFunctions<Point> = {
  input: (text) => scan(text, 'point', (scanner) => scanner.point()),
  output: pointText,
  receive: receivePoint,
  send: ({ x, y }) => float64(x, y),
};

/** `[(x1,y1),(x2,y2)]` */
export const lsegType: TypeFunctions<readonly Point[]> = {
  input: (text) => scan(text, 'lseg', (scanner) => scanner.points(2, true).points),
  output: (ends, settings) => `[${pointsText(ends, settings)}]`,
  receive: (reader) => [receivePoint(reader), receivePoint(reader)],
  send: sendPoints,
};

/** `(x1,y1),(x2,y2)`, the upper right corner first. */
export const boxType: TypeFunctions<readonly Point[]> = {
  input: (text) => corners(scan(text, 'box', (scanner) => scanner.points(2, false).points)),
  output: pointsText,
  receive: (reader) => corners([receivePoint(reader), receivePoint(reader)]),
  send: sendPoints,
};

/** `{A,B,C}` of Ax + By + C = 0 */
export const lineType: TypeFunctions<Line> = {
  input: (text) => scan(text, 'line', scanLine),
  output: ({ a, b, c }, settings) => `{${[a, b, c].map((number) => numberText(number, settings)).join(',')}}`,
  receive(reader) {
    const line = { a: readFloat64(reader), b: readFloat64(reader), c: readFloat64(reader) };
    if (isNoLine(line)) throw invalidBinary(noLine);
    return line;
  },
  send: ({ a, b, c }) => float64(a, b, c),
};

/** `((x1,y1),...)` if it is closed, else `[(x1,y1),...]` */
export const pathType: TypeFunctions<Path> = {
  input: (text) =>
    scan(text, 'path', (scanner) => {
      const count = scanner.countPoints();
      const isEnclosed = scanner.takesLoneParenthesis();
      const { points, isOpen } = scanner.points(count, true);
      if (isEnclosed) scanner.close(')');
      return { isClosed: !isOpen, points };
    }),
  output({ isClosed, points }, settings) {
    const text = pointsText(points, settings);
    return isClosed ? `(${text})` : `[${text}]`;
  },
  receive(reader) {
    const isClosed = readByte(reader) !== 0;
    return { isClosed, points: receivePoints(reader, 'path', mostPathPoints) };
  },
  send: ({ isClosed, points }) =>
    Buffer.concat([Uint8Array.of(isClosed ? 1 : 0), int32(points.length), sendPoints(points)]),
};

/** `((x1,y1),...)` */
export const polygonType: TypeFunctions<readonly Point[]> = {
  input: (text) => scan(text, 'polygon', (scanner) => scanner.points(scanner.countPoints(), false).points),
  output: (points, settings) => `(${pointsText(points, settings)})`,
  receive: (reader) => receivePoints(reader, 'polygon', mostPolygonPoints),
  send: (points) => Buffer.concat([int32(points.length), sendPoints(points)]),
};

/** `<(x,y),r>` */
export const circleType: TypeFunctions<Circle> = {
  input: (text) => scan(text, 'circle', scanCircle),
  output: ({ center, radius }, settings) => `<${pointText(center, settings)},${numberText(radius, settings)}>`,
  receive(reader) {
    const circle = { center: receivePoint(reader), radius: readFloat64(reader) };
    if (circle.radius < 0) throw invalidBinary('invalid radius in external "circle" value');
    return circle;
  },
  send: ({ center: { x, y }, radius }) => float64(x, y, radius),
};

function scan<T>(text: string, type: string, read: (scanner: GeometricScanner) => T): T {
  const scanner = new GeometricScanner(text, type);
  const value = read(scanner);
  scanner.end();
  return value;
}

const noLine = 'invalid line specification: A and B cannot both be zero';

function scanLine(scanner: GeometricScanner): Line {
  if (!scanner.takes('{')) {
    const { points } = scanner.points(2, true);
    scanner.end();
    return lineThrough(points);
  }
  const a = scanner.number();
  scanner.require(',');
  const b = scanner.number();
  scanner.require(',');
  const line = { a, b, c: scanner.number() };
  scanner.close('}');
  if (isNoLine(line)) throw invalidLine(noLine);
  return line;
}

function isNoLine({ a, b }: Line): boolean {
  return Math.abs(a) <= epsilon && Math.abs(b) <= epsilon;
}

/** As lseg_sl and line_construct have it. */
function lineThrough([one = { x: 0, y: 0 }, other = one]: readonly Point[]): Line {
  const [isUpright, isLevel] = [isNear(one.x, other.x), isNear(one.y, other.y)];
  if (isSame(one.x, other.x) && isSame(one.y, other.y))
    throw invalidLine('invalid line specification: must be two distinct points');
  if (isUpright) return { a: -1, b: 0, c: one.x };
  if (isLevel) return { a: 0, b: -1, c: one.y };
  const slope = (one.y - other.y) / (one.x - other.x);
  if (Math.abs(slope) === Number.POSITIVE_INFINITY) return { a: -1, b: 0, c: one.x };
  if (slope === 0) return { a: 0, b: -1, c: one.y };
  // Not -0.
  return { a: slope, b: -1, c: one.y - slope * one.x + 0 };
}

function isSame(one: number, other: number): boolean {
  return isNear(one, other) || (Number.isNaN(one) && Number.isNaN(other));
}

function isNear(one: number, other: number): boolean {
  return one === other || Math.abs(one - other) <= epsilon;
}

function invalidLine(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_text_representation, message });
}

function scanCircle(scanner: GeometricScanner): Circle {
  const closing = scanner.takes('<') || scanner.takesOuterParenthesis() ? '>)' : undefined;
  const center = scanner.point();
  scanner.takes(',');
  const radius = scanner.number();
  if (radius < 0) throw scanner.error();
  if (closing !== undefined) scanner.close(closing);
  return { center, radius };
}

function corners([one = { x: 0, y: 0 }, other = one]: readonly Point[]): readonly Point[] {
  const [right, left] = isLess(one.x, other.x) ? [other.x, one.x] : [one.x, other.x];
  const [upper, lower] = isLess(one.y, other.y) ? [other.y, one.y] : [one.y, other.y];
  return [
    { x: right, y: upper },
    { x: left, y: lower },
  ];
}

/** NaN is above all numbers. */
function isLess(first: number, second: number): boolean {
  return Number.isNaN(second) ? !Number.isNaN(first) : first < second;
}

function receivePoints(reader: BufferReader, type: string, most: number): readonly Point[] {
  const count = reader.int32();
  if (count <= 0 || count >= most) throw invalidBinary(`invalid number of points in external "${type}" value`);
  const points: Point[] = [];
  for (let index = 0; index < count; index++) points.push(receivePoint(reader));
  return points;
}

function receivePoint(reader: BufferReader): Point {
  return { x: readFloat64(reader), y: readFloat64(reader) };
}

function sendPoints(points: readonly Point[]): Uint8Array {
  return float64(...points.flatMap(({ x, y }) => [x, y]));
}

function pointsText(points: readonly Point[], settings: OutputSettings): string {
  return points.map((point) => pointText(point, settings)).join(',');
}

function pointText({ x, y }: Point, settings: OutputSettings): string {
  return `(${numberText(x, settings)},${numberText(y, settings)})`;
}

function numberText(value: number, { extraFloatDigits }: OutputSettings): string {
  return formatFloat8(value, extraFloatDigits);
}
