-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT objoid, classoid, objsubid, privtype, initprivs FROM pg_init_privs;
