-- origin: Sequelize 6.37.8 query interface: captured from the server log of PostgreSQL 18.4
SELECT schema_name FROM information_schema.schemata WHERE schema_name <> 'information_schema' AND schema_name != 'public' AND schema_name !~ E'^pg_';
