import type { JobInsert } from 'pg-boss'
import { PgBoss } from 'pg-boss'
import type { Database, Transaction } from '../engine/database.ts'

const QUEUE = 'batches'

/** Version of the payload, for jobs that an older release left behind. */
const JOB_VERSION = 1

/**
 * Seconds after which the job of a process that died is given to another one: pg-boss wants at least 10, and
 * three of the touches of `KEEP_ALIVE_SECONDS` may get lost.
 */
export const HEARTBEAT_SECONDS = 15

/**
 * What could not be told to be alive for so long is let go, before another process takes it: a batch with its requests
 * in flight, or a slot.
 */
export const LET_GO_SECONDS = 12

/** How often the jobs in hand must be touched. */
export const KEEP_ALIVE_SECONDS = 4

export type BatchId = { importId: number; number: number }

/** A batch that this process may work on, until it completes the job or stops touching it. */
export type BatchJob = BatchId & {
  jobId: string
  environmentId: string
  /** The trace that its rows belong to; missing: none. */
  trace?: string
}

type JobData = BatchId & { version: number; trace?: string }

export type BatchQueue = Awaited<ReturnType<typeof startBatchQueue>>

/**
 * Starts pg-boss on the database: one job a batch. Jobs of one environment form a group, so that environments can
 * be passed over.
 *
 * @param carryTrace says which trace a job belongs to that is queued now
 */
export async function startBatchQueue(
  database: Database,
  onError: (error: Error) => void,
  carryTrace: () => string | undefined = () => undefined,
) {
  const boss = new PgBoss({
    db: database.boss,
    backend: database.engine,
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    reindex: false,
    monitorVacuum: false,
    registerInstance: false,
    // It would make a trace of every poll, and put the texts of errors into it.
    openTelemetry: { enabled: false },
  })
  boss.on('error', onError)
  await boss.start()
  await boss.createQueue(QUEUE, {
    // A job is given back by heartbeat, never by age: a request to Heap may be slow.
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: 86_400 - 1,
    retryLimit: 1_000_000,
    retentionSeconds: 14 * 86_400,
    deleteAfterSeconds: 60,
  })
  if (database.engine === 'pglite') await returnJobs(database, boss)

  return {
    /** Queues jobs in the transaction that stores their batches. */
    async insert(
      transaction: Transaction,
      batches: readonly (BatchId & { environmentId: string; startAfter?: Date; trace?: string })[],
    ): Promise<void> {
      const carried = carryTrace()
      const jobs: JobInsert<JobData>[] = batches.map(
        ({ importId, number, environmentId, startAfter, trace = carried }) => ({
          data: { version: JOB_VERSION, importId, number, ...(trace === undefined ? {} : { trace }) },
          group: { id: environmentId },
          // The import that has got least far goes first: a small one never waits behind a large one.
          priority: -number,
          ...(startAfter ? { startAfter } : {}),
        }),
      )
      await boss.insert(QUEUE, jobs, { db: transaction.boss })
    },

    /**
     * Takes up to `count` jobs that are due, those first that go first.
     *
     * @param passedOver environments of which none is taken
     */
    async takeJobs(count: number, passedOver: readonly string[]): Promise<BatchJob[]> {
      const ignoreGroups = passedOver.length > 0 ? { ignoreGroups: [...passedOver] } : {}
      const jobs = await boss.fetch<JobData>(QUEUE, { batchSize: count, ...ignoreGroups })
      return jobs.map(({ id, data, groupId }) => ({
        jobId: id,
        importId: data.importId,
        number: data.number,
        environmentId: groupId ?? '',
        ...(data.trace === undefined ? {} : { trace: data.trace }),
      }))
    },

    /** Tells that the jobs are still worked on. */
    async keepAlive(jobIds: readonly string[]): Promise<void> {
      if (jobIds.length > 0) await boss.touch(QUEUE, [...jobIds])
    },

    /** What became of the batch stands with its import: a job that is done would only be in the way. */
    async complete(transaction: Transaction, jobIds: readonly string[]): Promise<void> {
      if (jobIds.length > 0) await boss.deleteJob(QUEUE, [...jobIds], { db: transaction.boss })
    },

    /** For queues of other things. */
    boss,

    stop: () => boss.stop({ graceful: false }),
  }
}

/**
 * Gives back the jobs that the last process had in hand when it died. The embedded database has one process
 * at a time, so that nobody has to wait until their heartbeat is missed.
 */
async function returnJobs(database: Database, boss: PgBoss): Promise<void> {
  const jobs = await database.query<{ id: string }>(
    "select id from pgboss.job where name = $1 and state = 'active'",
    [QUEUE],
  )
  if (jobs.length > 0)
    await boss.fail(
      QUEUE,
      jobs.map((job) => job.id),
    )
}
