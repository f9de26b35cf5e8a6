import { DuckDBDatabase } from '@riffq/duckdb';
import { tableFromArrays } from 'apache-arrow';

await using database = await DuckDBDatabase.open(':memory:');
await database.run('CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR, since DATE DEFAULT current_date)');
await database.insert('people', tableFromArrays({ id: Int32Array.of(1, 2), name: ['Ada', 'Grace'] }));
