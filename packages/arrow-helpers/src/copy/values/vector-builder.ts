import type { JsonValue } from '../../text-values/json-value.js';
import { DeclaredStringBuilder } from './declared-string-builder.js';

/** int2vector and oidvector, which are strings here and arrays in JSON. */
export class VectorBuilder extends DeclaredStringBuilder {
  override setJson(row: number, value: JsonValue): void {
    if (value.kind !== 'array') {
      super.setJson(row, value);
      return;
    }
    // What is no number stays as it is written, for the error.
    const numbers = value.items.map((item) =>
      item.kind === 'scalar' && /^[-\d]+$/.test(item.text) ? item.text : item.source,
    );
    const bytes = Buffer.from(numbers.join(' '), 'utf8');
    this.setText(row, bytes, 0, bytes.length);
  }
}
