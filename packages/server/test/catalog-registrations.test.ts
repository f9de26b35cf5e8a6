import { describe, expect, test } from 'vitest';
import { type LazyCatalogSource, RiffqServer, tag } from '../src/index.js';
import { answering } from './conversation.js';

type Columns = Parameters<RiffqServer['registerTable']>[3];

const refused = (message: unknown) => expect.objectContaining({ code: 'RIFFQ_ERR_CATALOG_REGISTRATION', message });

function registered(): RiffqServer {
  const server = new RiffqServer(
    '127.0.0.1:0',
    answering(() => tag('OK')),
  );
  server.registerDatabase('shop');
  server.registerSchema('shop', 'public');
  return server;
}

/** What a program from JavaScript may give, whatever the types say. */
function untyped(columns: unknown): Columns {
  return JSON.parse(JSON.stringify(columns));
}

describe('registering', () => {
  test('databases, schemas and tables, in both forms of columns, and again', () => {
    const server = registered();
    for (let times = 0; times < 2; times += 1) {
      server.registerDatabase('shop');
      server.registerSchema('shop', 'public');
      server.registerTable('shop', 'public', 'orders', [
        { name: 'id', type: 'int', nullable: false },
        { placed: { type: 'datetime', nullable: true } },
        { name: { type: 'str', nullable: true } },
      ]);
      server.registerTable('shop', 'public', 'empty', []);
    }
  });

  test('a schema of an unknown database says what to call first', () => {
    expect(() => registered().registerSchema('nope', 'public')).toThrow(
      refused('database "nope" has not been registered: call registerDatabase first'),
    );
  });

  test('a table of an unknown database or schema says what to call first', () => {
    const server = registered();
    expect(() => server.registerTable('nope', 'public', 't', [])).toThrow(
      refused('database "nope" has not been registered: call registerDatabase first'),
    );
    expect(() => server.registerTable('shop', 'nope', 't', [])).toThrow(
      refused('schema "nope" has not been registered: call registerSchema first'),
    );
  });

  test.each<[string, unknown, string]>([
    ['a column of two keys', { a: {}, b: {} }, 'each column must be a single-key object'],
    ['a column of no key', {}, 'each column must be a single-key object'],
    ['null', null, 'each column must be a single-key object'],
    ['a text', 'id', 'each column must be a single-key object'],
    ['a column without type', { id: { nullable: true } }, 'column "id" is missing type'],
    ['a column without nullable', { id: { type: 'int' } }, 'column "id" is missing nullable'],
    ['a nullable that is no boolean', { id: { type: 'int', nullable: 1 } }, 'column "id" is missing nullable'],
    ['a type that is no text', { id: { type: 5, nullable: true } }, 'column "id" is missing type'],
    ['a column described by a text', { id: 'int' }, 'column "id" is not described'],
    ['a named column without type', { name: 'id', nullable: true }, 'column "id" is missing type'],
  ])('a table with %s is refused, by name', (_, column, problem) => {
    expect(() => registered().registerTable('shop', 'public', 'orders', untyped([column]))).toThrow(
      refused(`table "orders": ${problem}`),
    );
  });

  test('a table with a column twice is refused', () => {
    const columns: Columns = [{ name: 'id', type: 'int', nullable: false }, { id: { type: 'str', nullable: true } }];
    expect(() => registered().registerTable('shop', 'public', 'orders', columns)).toThrow(
      refused('table "orders": column "id" is given twice'),
    );
  });
});

describe('a lazy catalog', () => {
  const source: LazyCatalogSource = { databases: () => [], schemas: () => [], relations: () => [], columns: () => [] };

  test.each(['databases', 'schemas', 'relations', 'columns'])('without %s is refused', (method) => {
    const incomplete = Object.defineProperty({ ...source }, method, { value: undefined });
    expect(() => registered().setLazyCatalog(incomplete)).toThrow(
      refused(`the catalog source has no method "${method}"`),
    );
  });

  test.each([null, undefined, 5, 'source'])('that is %s is refused', (value) => {
    const { given } = Object.create(null, { given: { value } });
    expect(() => registered().setLazyCatalog(given)).toThrow(
      refused(expect.stringMatching(/^the catalog source must be an object with methods, not /)),
    );
  });

  test('comes too late when the server listens, and so does a registration where nothing was registered', async () => {
    const message = 'comes too late: the server listens, with the catalog that it had';
    const [known, unknown] = [
      registered(),
      new RiffqServer(
        '127.0.0.1:0',
        answering(() => tag('OK')),
      ),
    ];
    try {
      for (const server of [known, unknown]) await server.listen({ catalogEmulation: true });
      for (const server of [known, unknown])
        expect(() => server.setLazyCatalog(source)).toThrow(refused(`setLazyCatalog ${message}`));
      expect(() => unknown.registerDatabase('shop')).toThrow(refused(`a registration ${message}`));
      known.registerTable('shop', 'public', 'later', []);
    } finally {
      await Promise.all([known.close(), unknown.close()]);
    }
  });
});
