import type { Transaction } from '../engine/database.ts'
import { storableText } from '../engine/storable-text.ts'

/** What Heap said while a batch was sent: has it taken or judged rows, and then turned a request away? */
export type HeapWord = {
  answered: boolean
  denial: { status: number; text: string } | null
}

/** Heap has turned away all requests of an environment for a while. */
export type HeapDenial = {
  status: number
  /** What was answered; holds no cell value. */
  text: string
  /** ISO time. */
  since: string
  /** From then to now, by the database's clock. */
  forMs: number
}

/** A denial after so long a silence is another one: in between rows have arrived unseen, or none were sent. */
const FORGOTTEN = "interval '2 days'"

/** SQL: the denial that an import waits for, in a select from `imports`: one that was met since it began. */
export const DENIAL_OF_IMPORT = `(
    select json_build_object('status', status, 'text', text, 'since', since,
      'forMs', (extract(epoch from now() - since) * 1000)::float8)
    from heap_denials
    where heap_denials.environment_id = imports.environment_id and imports.state <> 'finished'
      and heap_denials.last_at >= imports.started_at
  )`

/** Keeps since when Heap has only denied, by environment, for all processes. */
export async function recordHeapWords(
  transaction: Transaction,
  outcomes: readonly { batch: { job: { environmentId: string } }; heapWord: HeapWord | null }[],
): Promise<void> {
  const words = new Map<string, HeapWord>()
  for (const { batch, heapWord } of outcomes) {
    if (!heapWord) continue
    const { environmentId } = batch.job
    const before = words.get(environmentId)
    words.set(environmentId, {
      answered: heapWord.answered || before?.answered === true,
      denial: heapWord.denial ?? (heapWord.answered ? null : (before?.denial ?? null)),
    })
  }
  // In one order everywhere, so that two transactions never wait for each other.
  for (const [environmentId, word] of [...words].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (word.denial) await keepDenial(transaction, environmentId, word.answered, word.denial)
    else if (word.answered) await endDenial(transaction, environmentId)
  }
}

async function keepDenial(
  transaction: Transaction,
  environmentId: string,
  isNew: boolean,
  { status, text }: { status: number; text: string },
): Promise<void> {
  await transaction.query(
    `insert into heap_denials (environment_id, status, text) values ($1, $2, $3)
     on conflict (environment_id) do update set status = excluded.status, text = excluded.text,
       last_at = now(), since = case
         when $4 or heap_denials.last_at < now() - ${FORGOTTEN} then now() else heap_denials.since end`,
    [environmentId, status, storableText(text), isNew],
  )
}

async function endDenial(transaction: Transaction, environmentId: string): Promise<void> {
  await transaction.query('delete from heap_denials where environment_id = $1', [environmentId])
}
