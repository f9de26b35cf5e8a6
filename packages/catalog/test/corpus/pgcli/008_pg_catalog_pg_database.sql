-- origin: pgcli 4.7.1 and pgspecial: captured from the server log of PostgreSQL 18.4
SELECT d.datname
        FROM pg_catalog.pg_database d
        ORDER BY 1;
