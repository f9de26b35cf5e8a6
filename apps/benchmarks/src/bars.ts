/** A figure that an issue asks for. */
export interface Bar {
  readonly issue: 4 | 5 | 6 | 7;
  /** The figure has to be at least or at most so much; times in milliseconds, sizes in bytes. */
  readonly is: '>=' | '<=';
  readonly limit: number;
  /** By how much of the limit the figure may miss it, where no measuring tells the difference. */
  readonly tolerance?: number;
  /** What is hoped for beyond. */
  readonly goal?: number;
}

const atLeast = (issue: Bar['issue'], limit: number, goal?: number): Bar => {
  return { issue, is: '>=', limit, ...(goal === undefined ? {} : { goal }) };
};
/** As much as what it stands beside, which does the same work: medians of the very same code differ by up to so much here. */
const tie = (issue: Bar['issue']): Bar => ({ ...atLeast(issue, 1), tolerance: 0.03 });
const atMost = (issue: Bar['issue'], limit: number): Bar => ({ issue, is: '<=', limit });

/** Bytes of V8's smallest object. */
export const smallestObject = 16;
const KIB = 1024;
const MIB = 1024 * KIB;

/** Every figure that an issue asks for, in one place; a benchmark takes its own from here. */
export const bars = {
  queriesOfEcho: atLeast(4, 0.8, 0.95),
  queriesOfPostgres: atLeast(4, 1.5),
  pipelineOfSingle: atLeast(4, 4, 6),
  pipelineOfPostgres: atLeast(4, 3),
  connectionsOfPostgres: atLeast(4, 8),
  idleConnection: atMost(4, 10 * KIB),
  goneConnection: atMost(4, 50),
  slowReader: atMost(4, 8 * MIB),
  copyOfRows: tie(4),
  resultGrowth: atMost(4, 64 * MIB),
  catalogChange: atMost(5, 20),
  catalogFirstAnswer: atMost(5, 1000),
  catalogMemory: atMost(5, 230 * MIB),
  catalogMemorySaved: atMost(5, 160 * MIB),
  catalogFurther: atMost(5, 50 * MIB),
  catalogQuery: atMost(5, 100),
  catalogAllColumns: atMost(5, 1500),
  catalogBystander: atMost(5, 100),
  catalogFirst1000: atMost(5, 1000),
  catalogFirst10000: atMost(5, 10_000),
  textOfPostgres: atLeast(6, 1.8, 2.5),
  binaryOfPostgres: atLeast(6, 5, 8),
  withNulls: atLeast(6, 0.9),
  wideOfPostgres: atLeast(6, 1),
  longTextOfPostgres: atLeast(6, 1),
  tenMillionRows: atMost(6, 48 * MIB),
  firstRow: atMost(6, 5),
  bystander: atMost(6, 20),
  // What chunks and turns of the event loop cost.
  objectsOfValue: atMost(6, smallestObject / 4),
  objectsOfBytes: atMost(6, 0.05),
  copyOfRowEncoder: tie(6),
  soakGrowth: atMost(7, 4 * MIB),
  floodBystander: atMost(7, 50),
  unheardChannels: atMost(7, 0.01),
} as const satisfies Readonly<Record<string, Bar>>;
