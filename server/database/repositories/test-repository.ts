import type { TestExchange } from '../../../shared/api/test-exchange.ts'
import { MAX_EXCHANGE_CHARACTERS } from '../../../shared/api/test-exchange.ts'
import type { Database, Queryable } from '../engine/database.ts'
import { storableText } from '../engine/storable-text.ts'

type Exchange = { path: string; body: string; answer: TestExchange['answer'] }

type StoredExchange = { path: string; body: string; status: number | null; answer: string | null }

export type TestRepository = ReturnType<typeof createTestRepository>

/** What tests sent to Heap, and what it answered: values of cells, kept as long as rejected rows. */
export function createTestRepository(database: Database) {
  return {
    /** Keeps the newest exchange of an import, cut to what people look at. */
    async keep(importId: number, { path, body, answer }: Exchange): Promise<void> {
      await database.query(
        `insert into test_exchanges (import_id, path, body, status, answer) values ($1, $2, $3, $4, $5)
         on conflict (import_id) do update set path = excluded.path, body = excluded.body,
           status = excluded.status, answer = excluded.answer`,
        [
          importId,
          storableText(path),
          storableText(wholeLines(body)),
          answer?.status ?? null,
          answer && storableText(answer.text.slice(0, MAX_EXCHANGE_CHARACTERS)),
        ],
      )
    },

    /** Null: there is none, or it is no longer kept. */
    async find(importId: number): Promise<TestExchange | null> {
      const [row] = await database.query<StoredExchange>(
        'select path, body, status, answer from test_exchanges where import_id = $1',
        [importId],
      )
      if (!row) return null
      const { path, body, status, answer } = row
      return { request: { path, body }, answer: status === null ? null : { status, text: answer ?? '' } }
    },

    /** Erases the exchanges of a connection that have a join key in them. @returns how many there were */
    async forget(connectionId: number, key: string): Promise<number> {
      if (key === '') return 0
      const rows = await database.query(
        `delete from test_exchanges using imports
         where imports.id = import_id and connection_id = $1
           and (position($2 in body) > 0 or position($3 in coalesce(test_exchanges.answer, '')) > 0) returning 1`,
        [connectionId, storableText(JSON.stringify(key)), storableText(key)],
      )
      return rows.length
    },
  }
}

/** Deletes the exchanges of imports that ended so many days ago. */
export async function deleteTestExchanges(database: Queryable, days: number): Promise<void> {
  await database.query(
    `delete from test_exchanges using imports
     where imports.id = import_id and state = 'finished' and finished_at < now() - make_interval(days => $1)`,
    [days],
  )
}

/** A line that is cut would be no line of the request, and its key could not be found to be forgotten. */
function wholeLines(body: string): string {
  if (body.length <= MAX_EXCHANGE_CHARACTERS) return body
  return body.slice(0, Math.max(0, body.lastIndexOf(',\n', MAX_EXCHANGE_CHARACTERS)))
}
