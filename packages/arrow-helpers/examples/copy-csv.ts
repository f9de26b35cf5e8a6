import { CopyDecoder, CopyEncoder, resolveCopyOptions } from '@riffq/arrow-helpers';
import { Bool, Field, Int32, Schema, Utf8 } from 'apache-arrow';

const schema = new Schema([
  new Field('id', new Int32(), true),
  new Field('city', new Utf8(), true),
  new Field('capital', new Bool(), true),
]);
const csv = { name: 'format', value: 'csv' };

// COPY cities FROM STDIN WITH (FORMAT csv, HEADER match): chunks may be cut anywhere.
const header = { name: 'header', value: 'match' };
const decoder = new CopyDecoder(schema, resolveCopyOptions([csv, header], 'from'), { table: 'cities' });
const chunks = ['id,city,capital\n1,Os', 'lo,yes\n2,"Bergen, Vestland",no\n'];
const batches = [];
for (const chunk of chunks) for (const batch of decoder.push(Buffer.from(chunk))) batches.push(batch);
for (const batch of decoder.end()) batches.push(batch);

// COPY cities TO STDOUT: CopyData messages, one for each row.
const encoder = new CopyEncoder(schema, resolveCopyOptions([csv], 'to'));
console.log(encoder.header());
for (const batch of batches) {
  encoder.setBatch(batch);
  while (encoder.remainingRows > 0) {
    const chunk = new Uint8Array(Math.max(65_536, encoder.nextRowSize()));
    console.log(chunk.subarray(0, encoder.encode(chunk, 0, encoder.remainingRows)));
  }
}
console.log(encoder.trailer());
