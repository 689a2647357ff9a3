import type { ConstructorOptions } from 'pg-boss'

/** What pg-boss runs its statements on. */
export type BossDatabase = NonNullable<ConstructorOptions['db']>

/** Values that both engines take as parameters. */
export type SqlValue = string | number | boolean | Date | Uint8Array | null | SqlValue[]

export type SqlRow = Record<string, unknown>

/** Something that runs one SQL statement: the database, or a transaction of it. */
export type Queryable = {
  query: <R extends object = SqlRow>(sql: string, values?: readonly SqlValue[]) => Promise<R[]>
}

/**
 * The one database behind everything, PGlite or PostgreSQL. Statements are PostgreSQL's on both; only what
 * both understand is used.
 */
export type Database = Queryable & {
  engine: 'pglite' | 'postgres'
  /** Commits when `work` resolves, rolls back and rethrows when it rejects. */
  transaction: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>
  /** The same database as pg-boss wants it. */
  boss: BossDatabase
  /** How long a unit of work is tried again while the database cannot be reached. */
  patienceMs: number
  /** Asks for a sign of life; rejects when none comes. */
  ping: (milliseconds: number) => Promise<void>
  /**
   * What tells this database from copies of it and, as far as can be told, from states to which it was set back:
   * another one means that what was written here may not be all that has been done.
   */
  lineage: () => Promise<string>
  /** Frees the space of what is gone, now. PostgreSQL does so by itself, the embedded database while it works. */
  tidy: () => Promise<void>
  close: () => Promise<void>
}

export type Transaction = Queryable & {
  /** Runs a script of several statements without values. */
  execute: (script: string) => Promise<void>
  /** The same transaction as pg-boss wants it. */
  boss: BossDatabase
}
