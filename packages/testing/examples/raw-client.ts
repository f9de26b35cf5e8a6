import { normaliseTrace, RawClient } from '@riffq/testing';
import { serialize } from 'pg-protocol';

const session = { user: 'alice', password: 'secret', database: 'shop' };
await using client = await RawClient.connect({ host: '127.0.0.1', port: 5432 }, session);

// Frames are pg-protocol's, or any bytes; the reply is all up to ReadyForQuery.
const reply = await client.ask(serialize.query('select 1 as one'));
console.log(reply.names, reply.error?.sqlstate);

// Byte by byte, 5 ms apart; a message that does not come is an error that shows the conversation.
await client.sendSplit(serialize.query('select * from flights'), 1, { pause: 5 });
await client.until('RowDescription', { timeout: 2000 });

// A slow reader, then one that is gone.
client.readAtMost(1000);
await client.until((message) => message.name === 'DataRow');
client.reset();

console.log(normaliseTrace(client.trace()));
