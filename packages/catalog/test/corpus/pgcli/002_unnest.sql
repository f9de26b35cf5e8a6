-- origin: pgcli 4.7.1 and pgspecial: captured from the server log of PostgreSQL 18.4
SELECT * FROM unnest(current_schemas(true));
