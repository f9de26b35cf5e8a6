import { type OutputSettings, RowEncoder } from '@riffq/arrow-helpers';
import type { FieldDescription, Format } from '@riffq/wire';
import type { RecordBatch, Schema } from 'apache-arrow';
import { encodedMessage } from '../io/encoded-message.js';
import type { Outbound } from '../io/outbound.js';
import { describeSchema } from './arrow-rows.js';
import { inFormats } from './in-formats.js';
import { isBatch, isSchema } from './normalise.js';
import { resolveFormats } from './resolve-formats.js';
import { selectTag } from './tag-function.js';

/** More rows take long enough that nothing else counts. */
const mostRows = 100;
/** Rows of more bytes go the ordinary way, in chunks. */
const scratch = new Uint8Array(16 * 1024);

/** How results of a schema were sent last; most often the next one is sent in the same way. */
interface SmallResultPlan {
  /** As in Bind. */
  readonly resultFormats: readonly Format[];
  readonly settings: OutputSettings;
  readonly fields: readonly FieldDescription[];
  readonly rowDescription: Uint8Array;
  readonly encoder: RowEncoder;
}

/** CommandComplete by the number of rows, made when it is needed first. */
const completions: (Uint8Array | undefined)[] = Array.from({ length: mostRows + 1 });

function commandComplete(rows: number): Uint8Array {
  completions[rows] ??= encodedMessage({ type: 'CommandComplete', tag: selectTag(rows) });
  return completions[rows];
}

const plans = new WeakMap<Schema, SmallResultPlan>();

/** A table of one batch of few rows, as most answers to programs are: it is sent at once. */
export class SmallResult {
  readonly fields: readonly FieldDescription[];
  readonly #plan: SmallResultPlan;
  readonly #batch: RecordBatch;

  private constructor(plan: SmallResultPlan, batch: RecordBatch) {
    this.fields = plan.fields;
    this.#plan = plan;
    this.#batch = batch;
  }

  /** What a handler answered, if it is one; `resultFormats` are those of Bind. */
  static of(result: unknown, resultFormats: readonly Format[], settings: OutputSettings): SmallResult | undefined {
    if (typeof result !== 'object' || result === null || !('schema' in result) || !('batches' in result))
      return undefined;
    const { schema, batches } = result;
    if (!Array.isArray(batches) || batches.length !== 1 || !isSchema(schema)) return undefined;
    // A wrong number of formats is refused in the ordinary way, where the columns are looked at first.
    if (resultFormats.length > 1 && resultFormats.length !== schema.fields.length) return undefined;
    const batch: unknown = batches[0];
    if (!isBatch(batch) || batch.numRows > mostRows) return undefined;
    return new SmallResult(planOf(schema, resultFormats, settings), batch);
  }

  /**
   * Sends RowDescription, if it is asked for, the rows and CommandComplete; false, with nothing sent, if they are too large
   * for that. Throws for a value that cannot be sent, the rows before it sent, as PostgreSQL's are.
   */
  send(outbound: Outbound, describe: boolean): boolean {
    const { encoder, rowDescription } = this.#plan;
    encoder.restart();
    try {
      if (!this.#fits()) return false;
      if (describe) outbound.sendEncoded(rowDescription);
      while (encoder.remainingRows > 0)
        outbound.sendEncoded(scratch, encoder.encode(scratch, 0, encoder.remainingRows));
    } finally {
      encoder.restart();
    }
    outbound.sendEncoded(commandComplete(this.#batch.numRows));
    return true;
  }

  #fits(): boolean {
    try {
      this.#plan.encoder.setBatch(this.#batch);
    } catch {
      // A batch that is not as it should be is refused in its turn, by those who send any rows.
      return false;
    }
    return this.#plan.encoder.remainingSize <= scratch.length;
  }
}

function planOf(schema: Schema, resultFormats: readonly Format[], settings: OutputSettings): SmallResultPlan {
  const known = plans.get(schema);
  if (known !== undefined && known.settings === settings && isSame(known.resultFormats, resultFormats)) return known;
  const fields = describeSchema(schema);
  const formats = resolveFormats(resultFormats, fields.length);
  const plan = {
    resultFormats,
    settings,
    fields,
    rowDescription: encodedMessage({ type: 'RowDescription', fields: inFormats(fields, formats) }),
    encoder: new RowEncoder(schema, formats, { settings }),
  };
  plans.set(schema, plan);
  return plan;
}

function isSame(some: readonly Format[], others: readonly Format[]): boolean {
  return some === others || (some.length === others.length && some.every((format, at) => format === others[at]));
}
