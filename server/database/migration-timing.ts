/** How long things may take while the tables are brought up to date, in milliseconds. */
export type MigrationTiming = {
  /** One wait for a table that somebody uses: everybody else who wants it waits behind us. */
  lockMs: number
  /** Between two attempts, in which the others have their turn. */
  pauseMs: number
  /** All attempts together, while somebody keeps a table. */
  blockedMs: number
  /** One step. Below the time after which its connection is given up, so that PostgreSQL ends it. */
  statementMs: number
  /** Wait for another server that brings them up to date: as long as its steps may take, and some more. */
  othersMs: number
  /** Between two words in the log about the same wait. */
  tellMs: number
}

export const MIGRATION_TIMING: MigrationTiming = {
  lockMs: 4_000,
  pauseMs: 1_000,
  blockedMs: 120_000,
  statementMs: 14 * 60_000,
  othersMs: 20 * 60_000,
  tellMs: 15_000,
}
