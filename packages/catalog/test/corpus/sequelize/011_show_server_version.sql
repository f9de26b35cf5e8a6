-- origin: Sequelize 6.37.8 query interface: captured from the server log of PostgreSQL 18.4
SHOW SERVER_VERSION;
