-- origin: Sequelize 6.37.8 query interface: captured from the server log of PostgreSQL 18.4
SELECT table_name FROM information_schema.tables WHERE table_schema = 'shop' AND table_type LIKE '%TABLE' AND table_name != 'spatial_ref_sys';
