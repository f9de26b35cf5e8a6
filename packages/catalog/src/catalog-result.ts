import { BufferReader, type FieldDescription, type NoticeFields } from '@riffq/wire';
import { backendFrames } from './engine/backend-frames.js';

/** What a query of the catalog gave, all of it. The rows are kept as PostgreSQL sent them. */
export class CatalogResult {
  /** The columns; null for a statement that has none. */
  readonly fields: readonly FieldDescription[] | null;
  /** Whole DataRow messages, one after the other, in as many pieces as there are. */
  readonly dataRows: readonly Uint8Array[];
  readonly rowCount: number;
  /** What CommandComplete says: `SELECT 3`. */
  readonly tag: string;
  /** What the statement asks the session to do when it has ended. */
  readonly effects: readonly StatementEffect[];
  /** What PostgreSQL had to say besides. */
  readonly notices: readonly NoticeFields[];

  constructor(parts: Pick<CatalogResult, 'fields' | 'dataRows' | 'rowCount' | 'tag' | 'effects' | 'notices'>) {
    this.fields = parts.fields;
    this.dataRows = parts.dataRows;
    this.rowCount = parts.rowCount;
    this.tag = parts.tag;
    this.effects = parts.effects;
    this.notices = parts.notices;
  }

  /** The rows one after another, values in the formats that were asked for. */
  *rows(): Generator<readonly (Uint8Array | null)[]> {
    for (const piece of this.dataRows) {
      for (const { body } of backendFrames(piece)) {
        const reader = new BufferReader(body, 'DataRow');
        yield Array.from({ length: reader.uint16() }, () => reader.value());
      }
    }
  }

  /** All rows with their values as text; only for results in the text format. */
  textRows(): (string | null)[][] {
    const decoder = new TextDecoder();
    return Array.from(this.rows(), (row) => row.map((value) => (value === null ? null : decoder.decode(value))));
  }
}

/** What a function of a statement wants done outside of its transaction: `set_config`, `pg_cancel_backend` and the like. */
export type StatementEffect =
  | { readonly kind: 'setting'; readonly name: string; readonly value: string | null; readonly local: boolean }
  | { readonly kind: 'notify'; readonly channel: string; readonly payload: string }
  | { readonly kind: 'cancel' | 'terminate'; readonly processId: number };
