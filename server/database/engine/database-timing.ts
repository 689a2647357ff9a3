/** How long things with the database may take, in milliseconds. */
export type DatabaseTiming = {
  /** How long a start waits for a database that cannot be reached. */
  startMs: number
  /** How long a unit of work is tried again while the database cannot be reached. */
  patienceMs: number
  /** To connect, or to get a connection of the pool. */
  connectMs: number
  /** For one statement: who answers later is taken for a half-open connection, which is then closed. */
  statementMs: number
  /** After so long without a word from us PostgreSQL ends a transaction and gives its locks back. */
  idleTransactionMs: number
}

/**
 * A restart or a failover of a database takes less than its patience, and Looker's download, which waits
 * meanwhile, stays open for longer. A half-open connection and the locks it holds cost less than half of it.
 */
export const DATABASE_TIMING: DatabaseTiming = {
  startMs: 60_000,
  patienceMs: 90_000,
  connectMs: 10_000,
  statementMs: 30_000,
  idleTransactionMs: 20_000,
}
