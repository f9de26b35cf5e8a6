/** Settings that keep one instance small: it has one session, writes little, and nothing has to outlive it. */
const settings: Readonly<Record<string, string>> = {
  exit_on_error: 'false',
  log_checkpoints: 'false',
  max_worker_processes: '0',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  io_method: 'sync',
  io_max_concurrency: '1',
  io_combine_limit: '16',
  effective_io_concurrency: '0',
  shared_buffers: '2MB',
  max_connections: '2',
  superuser_reserved_connections: '0',
  reserved_connections: '0',
  max_wal_senders: '0',
  max_replication_slots: '0',
  max_logical_replication_workers: '0',
  max_prepared_transactions: '0',
  max_files_per_process: '200',
  wal_level: 'minimal',
  wal_buffers: '32kB',
  min_wal_size: '2MB',
  max_wal_size: '2MB',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  autovacuum_worker_slots: '1',
  commit_timestamp_buffers: '16',
  multixact_member_buffers: '16',
  multixact_offset_buffers: '16',
  notify_buffers: '16',
  serializable_buffers: '16',
  subtransaction_buffers: '16',
  transaction_buffers: '16',
  jit: 'off',
  // Temporary files are in memory too.
  temp_file_limit: '64MB',
  // Reached before the stack of JavaScript is full.
  max_stack_depth: '500kB',
};

/** The arguments that PGlite starts PostgreSQL with; what is given joins or replaces the settings above. */
export function startParameters(more: Readonly<Record<string, string>> = {}): string[] {
  const all = Object.entries({ ...settings, ...more });
  // -F: no fsync; -O: system tables may be written; -j: a newline does not end a command.
  return ['--single', '-F', '-O', '-j', ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
