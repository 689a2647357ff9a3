import type { Database } from '../engine/database.ts'
import { HEARTBEAT_SECONDS } from './batch-queue.ts'

/** Held while slots are given. Any number that no other user of the database locks: "slot" in ASCII. */
const SLOT_LOCK = 0x736c6f74

/** How long a slot that does not suffice for all stays with one process. */
const TURN_SECONDS = 1

/** What a process holds of an environment's slots, and how many it could use. */
export type SlotClaim = { process: string; held: number; wanted: number }

type SlotRow = SlotClaim & { turn: number }

export type SlotRepository = ReturnType<typeof createSlotRepository>

/** Which server process may have how many requests to an environment in flight. */
export function createSlotRepository(database: Database) {
  return {
    /**
     * Writes down what a process holds from now on, and that it is alive: what was written down longer ago than the
     * heartbeat of a job is free again.
     *
     * @param decide is told the claims of all living processes, this one's as it was among them if there was one,
     *   while nobody else can change them; `turn` counts up every second
     */
    async claim(
      environmentId: string,
      process: string,
      decide: (claims: readonly SlotClaim[], turn: number) => { held: number; wanted: number },
    ): Promise<void> {
      await database.transaction(async (transaction) => {
        await transaction.query('select pg_advisory_xact_lock($1)', [SLOT_LOCK])
        const rows = await transaction.query<SlotRow>(
          `select process::text, held, wanted, (extract(epoch from now()) / $3)::int as turn from heap_slots
           where environment_id = $1 and touched_at > now() - make_interval(secs => $2) order by process`,
          [environmentId, HEARTBEAT_SECONDS, TURN_SECONDS],
        )
        const { held, wanted } = decide(rows, rows[0]?.turn ?? 0)
        await transaction.query(
          `insert into heap_slots (environment_id, process, held, wanted) values ($1, $2, $3, $4)
           on conflict (environment_id, process)
           do update set held = excluded.held, wanted = excluded.wanted, touched_at = now()`,
          [environmentId, process, held, wanted],
        )
      })
    },

    /** Gives up what a process holds of these environments, and forgets processes that are gone. */
    async release(environmentIds: readonly string[], process: string): Promise<void> {
      await database.query(
        `delete from heap_slots where process = $2 and environment_id = any($1::text[])
           or touched_at < now() - make_interval(secs => $3)`,
        [[...environmentIds], process, 4 * HEARTBEAT_SECONDS],
      )
    },
  }
}
