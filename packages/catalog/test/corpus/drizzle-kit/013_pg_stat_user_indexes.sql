-- origin: drizzle-kit 0.31.11 introspect: captured from the server log of PostgreSQL 18.4
SELECT
          idx.indexrelname AS index_name,
          idx.relname AS table_name,
          schemaname,
          CASE WHEN con.conname IS NOT NULL THEN 1 ELSE 0 END AS generated_by_constraint
        FROM
          pg_stat_user_indexes idx
        LEFT JOIN
          pg_constraint con ON con.conindid = idx.indexrelid
        WHERE idx.relname = 'customers' and schemaname = 'shop'
        group by index_name, table_name,schemaname, generated_by_constraint;
