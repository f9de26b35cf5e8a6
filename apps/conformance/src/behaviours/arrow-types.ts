import { type ArrowResult, arrowResults } from '../arrow-results.js';
import type { Behaviour, Surroundings } from '../behaviour.js';
import { type Connection, queryModes } from '../client.js';

/** Values of every Arrow type, in each of the client's ways of asking. */
export const arrowTypes: readonly Behaviour[] = arrowResults.map((result) => ({
  group: 'Every Arrow type, simple, in text and in binary',
  name: `${result.type}: ${[...new Set(result.arrowTypes.map(shortened))].join(', ')}`,
  needs: [],
  server: 'arrow',
  observe: (connection, surroundings) => seenOf(result, connection, surroundings),
}));

async function seenOf(
  result: ArrowResult,
  connection: Connection,
  { lacks, unreadable }: Surroundings,
): Promise<unknown> {
  const { type, values } = result;
  const limits = unreadable.filter((limit) => limit.type === type).flatMap((limit) => limit.values);
  const unknown = limits.filter((text) => !values.some((value) => value.text === text));
  if (unknown.length > 0) throw new Error(`no values of ${type}: ${unknown.join(', ')}`);
  const readable = values.filter(({ text }) => !limits.includes(text));
  const modes = queryModes.filter((mode) => lacks[mode] === undefined);
  const seen: unknown[] = [];
  for (const mode of modes) {
    seen.push(await connection.query(result.query(readable.map(({ row }) => row)), { mode }));
  }
  for (const { row, text } of values.filter((value) => limits.includes(value.text))) {
    const outcomes = [];
    for (const mode of modes) {
      const [outcome] = await Promise.allSettled([connection.query(result.query([row]), { mode })]);
      outcomes.push(outcome);
    }
    if (outcomes.every(({ status }) => status === 'fulfilled')) throw new Error(`it reads ${text} as ${type}`);
    seen.push(outcomes.map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason))));
  }
  return seen;
}

/** Without what the names of nested types have in them. */
function shortened(type: string): string {
  return type.replace(/[<{[].*/, '');
}
