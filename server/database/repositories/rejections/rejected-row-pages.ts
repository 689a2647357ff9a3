import type { RejectionReason } from '../../../../shared/report/import-counts.ts'
import { REJECTION_TEXTS } from '../../../../shared/report/import-counts.ts'
import type { Database, SqlValue } from '../../engine/database.ts'
import { patiently } from '../../engine/patiently.ts'
import type { RejectedRow } from '../rejected-rows.ts'
import { storedKey } from '../rejected-rows.ts'
import { endOfPrefix } from './end-of-prefix.ts'

/** Which rejected rows of an import are asked for. */
export type RejectedRowsQuestion = {
  importId: number
  reason?: RejectionReason | undefined
  /** By their join key, as far as it is kept; then they come in the order of their keys. */
  key?: { text: string; match: 'exact' | 'prefix' } | undefined
  /** Row number of the last row of the page before. */
  after?: number | undefined
  most: number
}

export type RejectedRowPages = ReturnType<typeof createRejectedRowPages>

/** Looks at rejected rows page by page; every page is a range of an index, however many there are. */
export function createRejectedRowPages(database: Database) {
  return {
    /** A page of the rejected rows; after the last row there is an empty one. */
    page(question: RejectedRowsQuestion): Promise<RejectedRow[]> {
      const { sql, values } = question.key ? byKey(question, question.key) : byRowNumber(question)
      return patiently(() => database.query<RejectedRow>(sql, values), database.patienceMs)
    },
  }
}

type Statement = { sql: string; values: SqlValue[] }

const COLUMNS = 'row_number as "rowNumber", join_key as "joinKey", reason, text'

export function byRowNumber({ importId, reason, after = 0, most }: RejectedRowsQuestion): Statement {
  const values: SqlValue[] = [importId, after, most]
  if (reason !== undefined) values.push(reason)
  return {
    sql: `select ${COLUMNS} from rejected_rows
      where import_id = $1 and row_number > $2 ${reason === undefined ? '' : 'and reason = $4'}
      order by row_number limit $3`,
    values,
  }
}

/** Without a reason the first rows of each reason are looked up, and the first of these are the answer. */
export function byKey(
  { importId, reason, after, most }: RejectedRowsQuestion,
  { text, match }: NonNullable<RejectedRowsQuestion['key']>,
): Statement {
  const from = storedKey(text)
  const end = match === 'prefix' ? endOfPrefix(from) : null
  const values: SqlValue[] = [importId, from, most]
  const place = (value: SqlValue) => `$${values.push(value)}`
  const bound =
    match === 'exact' ? `= $2` : end === null ? '>= $2' : `>= $2 and join_key collate "C" < ${place(end)}`
  const start =
    after === undefined
      ? ''
      : `and (join_key collate "C", row_number) > (
          (select join_key from rejected_rows where import_id = $1 and row_number = ${place(after)}), ${place(after)})`
  const reasons =
    reason === undefined
      ? `select unnest(${place(Object.keys(REJECTION_TEXTS))}::text[]) as reason`
      : `select ${place(reason)}::text as reason`
  return {
    sql: `select ${COLUMNS} from (${reasons}) as asked cross join lateral (
        select row_number, join_key, text from rejected_rows
        where import_id = $1 and rejected_rows.reason = asked.reason and join_key is not null
          and join_key collate "C" ${bound} ${start}
        order by join_key collate "C", row_number limit $3
      ) as found
      order by join_key collate "C", row_number limit $3`,
    values,
  }
}
