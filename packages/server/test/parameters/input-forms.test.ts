import { defaultTextSettings, RowEncoder, toArrow } from '@riffq/arrow-helpers';
import { type Format, isPgError, typeOid } from '@riffq/wire';
import { expect, test } from 'vitest';
import { decodeParameter } from '../../src/parameters/decode-parameter.js';
import { inputs } from './input-texts.js';
import { ParameterOracle } from './parameter-oracle.js';

const formats: readonly Format[] = ['text', 'binary'];

function echoed(type: keyof typeof inputs, input: string): unknown {
  return echoedAs(type, typeOid[type], input);
}

function echoedAs(type: string, oid: number, input: string): unknown {
  try {
    const value = decodeParameter(Buffer.from(input), 'text', oid, 1, defaultTextSettings);
    const table = toArrow([{ name: 'x', type }], [[value]]);
    return formats.map((format) => {
      const encoder = new RowEncoder(table.schema, [format]);
      for (const batch of table.batches) encoder.setBatch(batch);
      const bytes = new Uint8Array(encoder.nextRowSize());
      // Behind the message's header, the count of columns and the length.
      const cell = Buffer.from(bytes.subarray(11, encoder.encode(bytes, 0, 1)));
      return cell.toString(format === 'text' ? 'utf8' : 'hex');
    });
  } catch (error) {
    return isPgError(error) ? error.sqlstate : error;
  }
}

const types = [
  'macaddr',
  'macaddr8',
  'inet',
  'cidr',
  'jsonb',
  'name',
  'money',
  'int4range',
  'int8range',
  'numrange',
  'daterange',
  'tsrange',
  'tstzrange',
  'int4multirange',
  'nummultirange',
  'datemultirange',
  'time',
  'date',
  'timestamp',
  'timetz',
  'interval',
  'timestamptz',
] as const;

test.each(types)('what PostgreSQL reads as %s goes from a parameter through toArrow as its own text', async (type) => {
  await using oracle = await ParameterOracle.connect();
  const theirs = await oracle.read(type, inputs[type]);
  const answers = theirs.map((answer) => [
    answer.input,
    'error' in answer
      ? answer.error.sqlstate
      : formats.map((format) => (format === 'text' ? answer.output : answer.binary.toString('hex'))),
  ]);
  expect(inputs[type].map((input) => [input, echoed(type, input)])).toEqual(answers);
});

test.each([
  ['int2vector[]', typeOid._int2vector],
  ['oidvector[]', typeOid._oidvector],
] as const)('%s is arrays of arrays, which toArrow takes', async (type, oid) => {
  await using oracle = await ParameterOracle.connect();
  const texts = ['{"1 2",3}', '{{"1 2","3 4"},{5,"6 7"}}', '{}', '{NULL,"1 2"}', '{"",1}'];
  const answers = await oracle.read(type, texts);
  expect(texts.map((text) => [text, echoedAs(type, oid, text)])).toEqual(
    answers.map((answer) => [
      answer.input,
      'error' in answer ? answer.error : [answer.output, answer.binary.toString('hex')],
    ]),
  );
});
