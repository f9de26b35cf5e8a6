-- origin: adbc_driver_postgresql 1.13.0: captured from the server log of PostgreSQL 18.4
SELECT oid, typname, typreceive, typbasetype, typrelid, typarray FROM pg_catalog.pg_type WHERE (typreceive != 0 OR typsend != 0) AND typtype != 'r' AND typreceive::TEXT != 'array_recv';
