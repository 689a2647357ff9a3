import type { SyncSettings } from '../../../shared/settings/sync-settings.ts'
import type { Database, Transaction } from '../engine/database.ts'
import { patiently } from '../engine/patiently.ts'
import type { PayloadForm } from '../engine/payload-form.ts'
import { payloadForm } from '../engine/payload-form.ts'
import { storableJson, storableText } from '../engine/storable-text.ts'
import type { BatchId, BatchJob, BatchQueue } from './batch-queue.ts'
import type { HeapWord } from './heap-denials.ts'
import { recordHeapWords } from './heap-denials.ts'
import type { StoredBatch } from './intake-repository.ts'
import type { LockedImport } from './lock-imports.ts'
import { lockImports } from './lock-imports.ts'
import type { RejectedRow } from './rejected-rows.ts'
import { insertRejectedRows } from './rejected-rows.ts'
import type { KeptLines } from './repair/kept-lines.ts'
import { keepLines } from './repair/kept-lines.ts'
import { addDecidedRows } from './row-counts.ts'

/** A batch in hand: nobody else sends it while its job is kept alive. */
export type ClaimedBatch = {
  job: BatchJob
  attempt: number
  entities: number
  rowRanges: string
  payload: Uint8Array
  /** What is packed in it, when this process has that at hand. */
  bytes?: Buffer | undefined
  /** As it was put back with; null: not sent yet. */
  progress: unknown
  storedAt: Date
  settings: SyncSettings
  /** What Heap said when it refused every row of this import that was tried. */
  refusedText: string | null
  /** Nothing more of its import is sent. */
  isCancelled: boolean
}

/** What an attempt to send a batch has come to. All entities are in one of the three. */
export type BatchOutcome = {
  batch: ClaimedBatch
  delivered: number
  rejected: readonly RejectedRow[]
  /** The lines of those rejected rows that can be tried again; null: there are none. */
  kept: Omit<KeptLines, 'importId'> | null
  pending: PendingEntities | null
  /** null: Heap was not asked. */
  heapWord: HeapWord | null
}

type PendingEntities = {
  entities: number
  rowRanges: string
  payload: Uint8Array
  /** What the next attempt wants to know of this one; any JSON. */
  progress: unknown
  /** What the last try ended with; holds no cell value. Null: it was not the fault of Heap. */
  error: string | null
  retryAt: Date
}

/**
 * Bytes that wait for Heap: of all imports, and of older ones of the same sync. `held`: what waits for somebody to
 * decide, of the connection of an import whose sync wants to be asked; 0 for others.
 */
type WaitingBytes = { all: number; older: number; held: number }

/** What a process keeps of a batch it stored. */
export type KeptBatch = Pick<StoredBatch, 'rowRanges' | 'payload'> & { bytes: Buffer }

type ClaimedRow = {
  import_id: number
  number: number
  attempt: number
  entities: number
  row_ranges: string
  /** Null: unchanged since this process stored it. */
  payload: string | Uint8Array | null
  progress: unknown
  stored_at: Date
}

export type BatchRepository = ReturnType<typeof createBatchRepository>

export function createBatchRepository(database: Database, queue: BatchQueue) {
  const patient = <T>(work: () => Promise<T>) => patiently(work, database.patienceMs)
  const form = payloadForm(database)

  async function record(transaction: Transaction, outcomes: readonly BatchOutcome[]): Promise<number[]> {
    await lockImports(
      transaction,
      outcomes.map(({ batch }) => batch.job.importId),
    )
    const own = await writeBatches(transaction, form, outcomes)
    await insertRejectedRows(
      transaction,
      own.flatMap(({ batch, rejected }) => rejected.map((row) => ({ ...row, importId: batch.job.importId }))),
    )
    const kept = own.flatMap(({ batch, kept: lines }) =>
      lines ? [{ ...lines, importId: batch.job.importId }] : [],
    )
    await keepLines(transaction, database, kept)
    await recordHeapWords(transaction, outcomes)
    const finished = await addDecidedRows(
      transaction,
      own.map(({ batch, delivered, rejected, pending }) => ({
        importId: batch.job.importId,
        delivered,
        rejected: rejected.length,
        superseded: 0,
        error: pending?.error ?? null,
      })),
    )
    // The job of an attempt that was taken over belongs to who did: if that process dies, the job comes back.
    await queue.complete(
      transaction,
      own.map(({ batch }) => batch.job.jobId),
    )
    const again = own.flatMap(({ batch, pending }) =>
      pending ? [{ ...batch.job, startAfter: pending.retryAt }] : [],
    )
    if (again.length > 0) await queue.insert(transaction, again)
    return finished
  }

  return {
    /**
     * Claims the batches of jobs for sending. Jobs whose batch is done already are completed. Claiming again
     * after a commit without an answer costs an attempt's number.
     *
     * @param keptOf what this process has kept of a batch that it stored: nothing of it is read back, unless rows
     *   have been taken out of it since
     */
    claim(
      jobs: readonly BatchJob[],
      keptOf: (batch: BatchId) => KeptBatch | undefined = () => undefined,
    ): Promise<ClaimedBatch[]> {
      const kept = jobs.map(keptOf)
      return patient(() =>
        database.transaction(async (transaction) => {
          const imports = await lockImports(
            transaction,
            jobs.map((job) => job.importId),
          )
          const rows = await transaction.query<ClaimedRow>(
            `update batches set state = 'sending', attempt = attempt + 1
           from unnest($1::int[], $2::int[], $3::text[]) as job (import_id, number, kept_ranges)
           where batches.import_id = job.import_id and batches.number = job.number
             and state in ('stored', 'sending')
           returning batches.import_id, batches.number, attempt, entities, row_ranges,
             case when kept_ranges is distinct from row_ranges then ${form.column('payload')} end as payload,
             progress, stored_at`,
            [
              jobs.map((job) => job.importId),
              jobs.map((job) => job.number),
              kept.map((batch) => batch?.rowRanges ?? null),
            ],
          )
          const claimed = rows.flatMap((row) => {
            const index = jobs.findIndex(
              (entry) => entry.importId === row.import_id && entry.number === row.number,
            )
            const job = jobs[index]
            const open = imports.get(row.import_id)
            const content = row.payload === null ? kept[index] : { payload: form.read(row.payload) }
            // Completing its job would leave its rows undecided for good, and nobody would know.
            if (!content) throw new Error(`batch ${row.number} of import ${row.import_id} has no payload`)
            return job && open ? [toClaimedBatch(job, row, content, open)] : []
          })
          const claimedJobs = new Set(claimed.map((batch) => batch.job.jobId))
          const gone = jobs.filter((job) => !claimedJobs.has(job.jobId))
          await queue.complete(
            transaction,
            gone.map((job) => job.jobId),
          )
          return claimed
        }),
      )
    },

    /**
     * Writes the outcomes of batches with the imports' counts, in one transaction. An outcome of an attempt
     * that has been taken over by another process is ignored: its rows are counted there.
     *
     * @returns ids of the imports that are finished by it
     */
    recordOutcomes(outcomes: readonly BatchOutcome[]): Promise<number[]> {
      return patient(() => database.transaction((transaction) => record(transaction, outcomes)))
    },

    /**
     * Bytes of entities that wait for Heap, as they are stored: all of them, and those that an import may replace
     * once it has been read. What waits for somebody to decide is not among them.
     */
    async waitingBytes(importId: number): Promise<WaitingBytes> {
      const [row] = await patient(() =>
        database.query<WaitingBytes>(
          `select coalesce(sum(octet_length(payload)) filter (where waiting.held_because is null), 0)::float8 as all,
             coalesce(sum(octet_length(payload)) filter (where waiting.held_because is not null and own.holds
               and waiting.connection_id = own.connection_id), 0)::float8 as held,
             coalesce(sum(octet_length(payload)) filter (where waiting.held_because is null and waiting.id < own.id
               and waiting.sync_key = own.sync_key and waiting.target_key = own.target_key), 0)::float8 as older
           from imports own cross join batches join imports waiting on waiting.id = import_id
           where own.id = $1 and batches.state <> 'done'`,
          [importId],
        ),
      )
      return row ?? { all: 0, older: 0, held: 0 }
    },

    /**
     * Heap refused every row that was tried: the rest of the import is rejected without being sent.
     *
     * @returns false when Heap has taken other rows of it
     */
    async refuseRest(importId: number, text: string): Promise<boolean> {
      const rows = await patient(() =>
        database.query(
          `update imports set refused_text = $2 where id = $1 and delivered = 0 and refused_text is null returning id`,
          [importId, storableText(text)],
        ),
      )
      return rows.length > 0
    },
  }
}

function toClaimedBatch(
  job: BatchJob,
  row: ClaimedRow,
  { payload, bytes }: Pick<ClaimedBatch, 'payload' | 'bytes'>,
  open: LockedImport,
): ClaimedBatch {
  return {
    job,
    attempt: row.attempt,
    entities: row.entities,
    rowRanges: row.row_ranges,
    payload,
    bytes,
    progress: row.progress,
    storedAt: row.stored_at,
    settings: open.settings,
    refusedText: open.refused_text,
    isCancelled: open.is_cancelled,
  }
}

async function writeBatches(
  transaction: Transaction,
  form: PayloadForm,
  outcomes: readonly BatchOutcome[],
): Promise<BatchOutcome[]> {
  const done = outcomes.filter((outcome) => outcome.pending === null)
  const rows = await transaction.query<BatchId>(
    `update batches set state = 'done', payload = null
     from unnest($1::int[], $2::int[], $3::int[]) as outcome (import_id, number, attempt)
     where batches.import_id = outcome.import_id and batches.number = outcome.number
       and batches.attempt = outcome.attempt and state = 'sending'
     returning batches.import_id as "importId", batches.number`,
    [
      done.map(({ batch }) => batch.job.importId),
      done.map(({ batch }) => batch.job.number),
      done.map(({ batch }) => batch.attempt),
    ],
  )
  for (const { batch, pending } of outcomes) {
    if (!pending) continue
    const kept = await transaction.query<BatchId>(
      `update batches set state = 'stored', entities = $4, row_ranges = $5, payload = ${form.parameter('$6')},
         last_error = coalesce($7, last_error), progress = $8::jsonb, retry_at = $9
       where import_id = $1 and number = $2 and attempt = $3 and state = 'sending'
       returning import_id as "importId", number`,
      [
        batch.job.importId,
        batch.job.number,
        batch.attempt,
        pending.entities,
        pending.rowRanges,
        form.write(pending.payload),
        pending.error === null ? null : storableText(pending.error),
        storableJson(pending.progress),
        pending.retryAt,
      ],
    )
    rows.push(...kept)
  }
  const written = new Set(rows.map((row) => `${row.importId}/${row.number}`))
  return outcomes.filter(({ batch: { job } }) => written.has(`${job.importId}/${job.number}`))
}
