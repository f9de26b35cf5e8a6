-- origin: Django 5.2.19 inspectdb and introspection: captured from the server log of PostgreSQL 18.4
SELECT * FROM "mv" LIMIT 1;
