-- The C library of WebAssembly takes any locale for C: these would promise an order that they do not have.
DELETE FROM pg_collation WHERE collname LIKE 'en\_US%';
