import { createCatalog } from '@riffq/catalog';

await using catalog = createCatalog({
  content: async (database) => ({
    name: database,
    databases: [{ oid: 16384, name: database, owner: null }],
    config: [],
    settings: [],
    schemas: [
      {
        oid: 16385,
        name: 'shop',
        owner: null,
        comment: 'what is sold',
        enums: [],
        domains: [],
        sequences: [],
        relations: [
          {
            oid: 16386,
            typeOid: 16387,
            array: { oid: 16388, name: '_orders' },
            name: 'orders',
            kind: 'table',
            owner: null,
            comment: null,
            hasIndex: undefined,
            hasRules: false,
            hasTriggers: false,
            rowSecurity: false,
            rowEstimate: null,
            definition: null,
            columns: [
              {
                name: 'id',
                typeOid: 20,
                typeModifier: -1,
                nullable: false,
                default: null,
                generated: false,
                identity: null,
                comment: null,
              },
            ],
            defaultOids: [],
            notNullOids: [16389],
            indexes: [],
            constraints: [],
            sequences: [],
          },
        ],
      },
    ],
  }),
});

const sql = 'SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema = $1';
const result = await catalog.query(sql, ['shop'], { user: 'alice', database: 'store' });
console.log(result.textRows());
