-- The planner must know the sizes of the built-in catalog, and later readers need not set hint bits.
VACUUM ANALYZE;
