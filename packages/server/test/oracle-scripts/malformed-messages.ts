import { bind, extended, frame, parse, query, sync } from '../frames.js';
import { type Scripts, turn } from './script.js';

const int4 = 23;
const sum = parse('select $1::int4 + $2::int4 as sum', 'sum', [int4, int4]);

/** Messages that no driver sends. */
export const malformedMessageScripts: Scripts = {
  'a wrong number of parameter formats': [
    turn(sum, bind({ statement: 'sum', parameterFormats: [0, 0, 0], values: ['1', '2'] }), sync()),
  ],
  'messages that end too early or too late': [
    turn(frame('B', [Buffer.from('no end')]), sync()),
    turn(frame('Q', [Buffer.from('select 1 as one\0more')])),
    turn(frame('S', [Buffer.from('more')])),
    turn(extended('select 1 as one'), sync()),
  ],
  'messages of a COPY that there is not': [
    turn(frame('f', [Buffer.from('no end')]), extended('select 1 as one'), sync()),
    turn(frame('f', [Buffer.from('\xff\0', 'latin1')]), frame('c', [Buffer.from('more')]), query('select 1 as one')),
    turn(frame('f', []), frame('d', []), sync()),
  ],
  'texts that are not UTF-8': [
    turn(frame('Q', [Buffer.from('select \xff\0', 'latin1')])),
    turn(frame('Q', [Buffer.from("select 'a\xc3'\0", 'latin1')])),
    turn(frame('Q', [Buffer.from('select \xed\xa0\x80\0', 'latin1')])),
    turn(frame('P', [Buffer.from('\0select \xf8\0\0\0', 'latin1')]), sync()),
    turn(frame('P', [Buffer.from('\xff\0select 1 as one\0\0\0', 'latin1')]), sync()),
    turn(parse('select $1::text as it', 'it', [25]), bind({ statement: 'it', values: [Buffer.from([0xff])] }), sync()),
    turn(extended('select 1 as one'), sync()),
  ],
  'texts with a NUL': [
    turn(parse('select $1::text as it', 'it', [25]), bind({ statement: 'it', values: ['a\0b'] }), sync()),
    turn(
      parse('select $1::text as it', 'it2', [25]),
      bind({ statement: 'it2', parameterFormats: [1], values: [Buffer.from([97, 0, 98])] }),
      sync(),
    ),
    turn(frame('P', [Buffer.from('a\0b\0select 1 as one\0\0\0')]), sync()),
    turn(frame('D', [Buffer.from('Sa\0b\0')]), sync()),
    turn(extended('select 1 as one'), sync()),
  ],
  'neither statement nor portal': [
    turn(frame('D', [Buffer.from('X\0')]), sync()),
    turn(frame('C', [Buffer.from('X\0')]), sync()),
    turn(extended('select 1 as one'), sync()),
  ],
};
