import { columnType, RowEncoder, toArrow } from '@riffq/arrow-helpers';

const table = toArrow(
  [
    { name: 'id', type: 'int' },
    { name: 'city', type: 'str' },
    { name: 'founded', type: 'date' },
  ],
  [
    [1, 'Oslo', '1048-01-01'],
    [2, 'Bergen', null],
  ],
);

for (const field of table.schema.fields) {
  console.log(field.name, columnType(field)); // id { typeOid: 20, typeSize: 8, typeModifier: -1 } ...
}

const encoder = new RowEncoder(table.schema, ['text', 'text', 'binary']);
for (const batch of table.batches) {
  encoder.setBatch(batch);
  while (encoder.remainingRows > 0) {
    const chunk = new Uint8Array(Math.max(65_536, encoder.nextRowSize()));
    const end = encoder.encode(chunk, 0, encoder.remainingRows);
    console.log(end, 'bytes of DataRow messages, ready for the socket');
  }
}
