import { Utf8 } from 'apache-arrow/type';
import { isFault } from '../text-values/date-time-fault.js';
import { readTimetz } from '../text-values/timetz-text.js';
import type { TextFit } from '../type-modifier/fit-text.js';
import type { CellType } from './cell-type.js';
import { describeCell, isNull } from './cells.js';
import { textCells } from './text-cells.js';
import { unreadDateTime } from './unread-date-time.js';

const HINT = 'Give HH:MM:SS+HH as a string.';

/** Times of day with their zones: strings as PostgreSQL reads them, kept as it prints them. Arrow has no such type. */
export function timetzCells(fit: TextFit = (text) => text): CellType {
  const { arrowType, build } = textCells(new Utf8());
  return {
    arrowType,
    build: (cells) => {
      const texts = cells.within();
      for (const [index, cell] of cells.values.entries()) {
        if (!isNull(cell) && typeof cell !== 'string') throw cells.error(index, describeCell(cell), HINT);
        const text = isNull(cell) ? null : readTimetz(cell, cells.context);
        if (isFault(text)) throw unreadDateTime(cells, index, text, 'a time of day', HINT);
        texts.addFrom(index, text && fit(text));
      }
      return build(texts);
    },
  };
}
