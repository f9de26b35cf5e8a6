import { rows, tag } from '../../src/index.js';
import { answering } from '../conversation.js';
import { integers } from '../tracked-source.js';

/** What Describe answers to a statement that it cannot describe. */
export const cannotDescribe =
  'C "0A000" M "cannot describe a statement that may write without running it" H "implement handleDescribe"';

/** A handler that ignores `describe` and answers as a database would. */
export function countingRuns(runs: string[]) {
  return answering((sql) => {
    runs.push(sql);
    if (/returning|^call|^with|^explain analyze/i.test(sql)) return rows(integers(7), { tag: 'INSERT 0 1' });
    return /^(insert|update|delete|create|truncate)/i.test(sql) ? tag('INSERT 0 1') : integers(7);
  });
}
