-- origin: adbc_driver_postgresql 1.13.0: captured from the server log of PostgreSQL 18.4
SELECT version();
