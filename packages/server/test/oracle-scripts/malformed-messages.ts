import { bind, extended, frame, parse, sync } from '../frames.js';
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
  'neither statement nor portal': [
    turn(frame('D', [Buffer.from('X\0')]), sync()),
    turn(frame('C', [Buffer.from('X\0')]), sync()),
    turn(extended('select 1 as one'), sync()),
  ],
};
