import type { RawCopyOption } from '../../src/copy/options/copy-options.js';

export const csv: RawCopyOption = { name: 'format', value: 'csv' };
export const binary: RawCopyOption = { name: 'format', value: 'binary' };

/** Options of COPY TO, each list another way of writing rows. */
export const optionLists: readonly (readonly RawCopyOption[])[] = [
  [],
  [{ name: 'delimiter', value: '|' }],
  [{ name: 'delimiter', value: '-' }],
  [
    { name: 'delimiter', value: ':' },
    { name: 'null', value: 'nothing' },
  ],
  [{ name: 'delimiter', value: ' ' }, { name: 'header' }],
  [{ name: 'null', value: '' }],
  [csv],
  [csv, { name: 'header' }],
  [csv, { name: 'delimiter', value: ';' }, { name: 'null', value: '\\N' }],
  [csv, { name: 'delimiter', value: '0' }],
  [csv, { name: 'quote', value: '1' }],
  [csv, { name: 'escape', value: '\\' }],
  [csv, { name: 'quote', value: "'" }, { name: 'escape', value: '|' }],
  [csv, { name: 'force_quote', value: { columns: '*' } }, { name: 'header' }],
  [csv, { name: 'null', value: 'NaN' }],
  [csv, { name: 'null', value: '0' }],
  [binary],
];
