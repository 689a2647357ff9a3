/** Statements and transactions between two looks at what is due, each of which takes some 10 ms. */
const LOOK_EVERY = 250

/** So many characters of parameters count as one statement more: what is stored leaves much behind. */
const CHARACTERS_OF_A_STATEMENT = 64 * 1024

/** Work after which a step waits its turn no longer, but goes before whatever else waits. */
const PATIENCE = 4 * LOOK_EVERY

/** Bytes of the write-ahead log after which a checkpoint lets go of it: one takes 50 to 150 ms. */
const CHECKPOINT_EVERY = 32 * 1024 ** 2

/** Steps come after everything else that waits for the session. */
export const UPKEEP_PRIORITY = -1

/** What a step becomes that has waited for too long. */
export const URGENT_PRIORITY = 1

/**
 * The tables that a PostgreSQL server's autovacuum would see to, by its own rule (a fifth of the rows dead, a
 * tenth changed), and before the transaction ids of a table grow old. What is dead in a TOAST table, where the
 * payloads are, has died with its row.
 */
const DUE_TABLES = `
  select * from (
  select stat.relid::regclass::text as name,
    (n_dead_tup > 50 + 0.2 * rows or n_ins_since_vacuum > 1000 + 0.2 * rows
      or age(relfrozenxid) > 150000000) as dead,
    n_mod_since_analyze > 50 + 0.1 * rows as changed
  from pg_stat_all_tables stat
    join pg_class class on class.oid = stat.relid and class.relkind = 'r'
    cross join lateral (select greatest(reltuples, 0) as rows) as size
  where schemaname <> 'pg_toast'
  ) as due where dead or changed`

const DUE_LOG = `
  select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 as bytes from pg_control_checkpoint()`

type DueTable = { name: string; dead: boolean; changed: boolean }

type UpkeepOptions = {
  /** Runs one statement after everything else that waits. */
  step: (sql: string) => Promise<unknown[]>
  /** Puts the step that waits before everything else. */
  hurry: () => void
  onError: (error: Error) => void
}

export type Upkeep = ReturnType<typeof createUpkeep>

/**
 * Does what autovacuum and the checkpointer of a PostgreSQL server do, and nobody in an embedded one: without
 * them dead rows slow down every statement, plans are made without statistics, and the write-ahead log grows
 * for ever. It goes by the work that is done, not by the clock, one table at a time between other statements.
 */
export function createUpkeep({ step, hurry, onError }: UpkeepOptions) {
  let work = 0
  let running: Promise<void> | undefined
  let stopped = false

  async function run(): Promise<void> {
    // PostgreSQL gathers its statistics for up to a second otherwise.
    await step('select pg_stat_force_next_flush()')
    const tables = (await step(DUE_TABLES)) as DueTable[]
    for (const { name, dead, changed } of tables) {
      if (stopped) return
      if (dead) await step(changed ? `vacuum (analyze) ${name}` : `vacuum ${name}`)
      else if (changed) await step(`analyze ${name}`)
    }
    if (stopped) return
    const [log] = (await step(DUE_LOG)) as { bytes: number }[]
    if (log && log.bytes > CHECKPOINT_EVERY) await step('checkpoint')
  }

  /** Sees to all that is due, now; resolves when it is done. */
  function tidy(): Promise<void> {
    running ??= run().finally(() => {
      work = 0
      running = undefined
    })
    return running
  }

  return {
    tidy,
    /** Told of every statement and transaction of others, with the characters of their parameters. */
    count(characters: number): void {
      if (stopped) return
      work += 1 + characters / CHARACTERS_OF_A_STATEMENT
      if (work > PATIENCE && running) hurry()
      if (work < LOOK_EVERY || running) return
      tidy().catch((error: unknown) => {
        if (!stopped && error instanceof Error) onError(error)
      })
    },
    stop(): void {
      stopped = true
    },
  }
}
