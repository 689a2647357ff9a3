import { PGlite } from '@electric-sql/pglite'

/**
 * PostgreSQL's settings where its defaults are for a server of many sessions; the embedded database has one.
 * `synchronous_commit` and `full_page_writes` stay on: what is committed is with the operating system before
 * anybody is told so, and a page that a kill -9 left half written is mended from the log at the next start.
 */
const SETTINGS = {
  // Pages that have been touched stay in memory for good. The default of 128 MB made nothing faster: the
  // tables of the queue are small, and payloads are read once.
  shared_buffers: '16MB',
  // Locks and sessions are reserved in memory for so many.
  max_connections: '5',
  maintenance_work_mem: '16MB',
  // Of the log what `upkeep.ts` lets come together, and no more, is kept for use again.
  min_wal_size: '32MB',
  max_wal_size: '64MB',
  // No other server follows this log.
  wal_level: 'minimal',
  max_wal_senders: '0',
  jit: 'off',
}

/** Parameters that PGlite starts PostgreSQL with: its own, and ours. */
export function pgliteSettings(): string[] {
  return [
    ...PGlite.defaultStartParams,
    ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}
