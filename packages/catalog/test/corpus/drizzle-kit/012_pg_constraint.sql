-- origin: drizzle-kit 0.31.11 introspect: captured from the server log of PostgreSQL 18.4
-- params: ["shop", "lines"]
SELECT conname AS primary_key
            FROM   pg_constraint join pg_class on (pg_class.oid = conrelid)
            WHERE  contype = 'p' 
            AND    connamespace = $1::regnamespace  
            AND    pg_class.relname = $2;
