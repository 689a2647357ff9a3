import type { RejectionReason, RejectionSummary } from '../../../../shared/report/import-counts.ts'
import { cutCharacters } from '../../../../shared/text/characters.ts'
import type { Queryable } from '../../engine/database.ts'
import { storableText } from '../../engine/storable-text.ts'

/** Row numbers shown for each reason in a message. */
const FIRST_ROWS = 5

/** Reasons shown apart in a message; Heap may word its refusals in any number of ways. */
const MAX_REASONS = 20

/** Wordings of Heap counted apart for an import; all others are counted by their reason only. */
const MAX_TEXTS = 100

/** An index holds no longer ones. */
const MAX_TEXT = 500

/** What is counted of a rejected row. */
type Rejection = { importId: number; rowNumber: number; reason: RejectionReason; text: string | null }

type Count = { importId: number; reason: RejectionReason; text: string; rows: number[] }

/** Counts rejected rows by reason and Heap's words. The caller has locked their imports. */
export async function addRejections(database: Queryable, rows: readonly Rejection[]): Promise<void> {
  const known = await knownTexts(database, rows)
  const counts = new Map<string, Count>()
  for (const { importId, rowNumber, reason, text } of rows) {
    const told = known(importId, text)
    const key = JSON.stringify([importId, reason, told])
    const count = counts.get(key) ?? { importId, reason, text: told, rows: [] }
    count.rows.push(rowNumber)
    counts.set(key, count)
  }
  const added = [...counts.values()]
  await database.query(
    `insert into rejection_counts (import_id, reason, text, count, first_rows)
     select import_id, reason, text, count, string_to_array(first_rows, ',')::int[]
     from unnest($1::int[], $2::text[], $3::text[], $4::int[], $5::text[])
       as added (import_id, reason, text, count, first_rows)
     on conflict (import_id, reason, text) do update set
       count = rejection_counts.count + excluded.count,
       first_rows = (select array_agg(number order by number) from (
         select number from unnest(rejection_counts.first_rows || excluded.first_rows) as number
         order by number limit ${FIRST_ROWS}
       ) as first)`,
    [
      added.map(({ importId }) => importId),
      added.map(({ reason }) => reason),
      added.map(({ text }) => text),
      added.map(({ rows: all }) => all.length),
      added.map(({ rows: all }) => firstOf(all).join(',')),
    ],
  )
}

function firstOf(rowNumbers: number[]): number[] {
  return rowNumbers.sort((a, b) => a - b).slice(0, FIRST_ROWS)
}

/** @returns a function that tells under which words of Heap a row is counted; '' stands for none and for others */
async function knownTexts(database: Queryable, rows: readonly Rejection[]) {
  const known = new Map<number, Set<string>>()
  const importIds = new Set(rows.filter(({ text }) => text !== null).map(({ importId }) => importId))
  if (importIds.size > 0) {
    const found = await database.query<{ importId: number; text: string }>(
      'select import_id as "importId", text from rejection_counts where import_id = any($1::int[])',
      [[...importIds]],
    )
    for (const { importId, text } of found) textsOf(importId).add(text)
  }

  function textsOf(importId: number): Set<string> {
    const texts = known.get(importId) ?? new Set()
    known.set(importId, texts)
    return texts
  }

  return (importId: number, text: string | null): string => {
    if (text === null) return ''
    const told = cutCharacters(storableText(text.toWellFormed()), MAX_TEXT)
    const texts = textsOf(importId)
    if (!texts.has(told) && texts.size >= MAX_TEXTS) return ''
    texts.add(told)
    return told
  }
}

/** The rejected rows of an import by reason, most frequent first. */
export async function summarizeRejections(
  database: Queryable,
  importId: number,
): Promise<RejectionSummary[]> {
  const counts = await database.query<RejectionSummary>(
    `select reason, nullif(text, '') as text, count, first_rows as rows
     from rejection_counts where import_id = $1 order by count desc, reason, text`,
    [importId],
  )
  return [...counts.slice(0, MAX_REASONS), ...withoutTexts(counts.slice(MAX_REASONS))]
}

/** Of too many different wordings the rare ones are told by their reason only, so that the numbers add up. */
function withoutTexts(counts: readonly RejectionSummary[]): RejectionSummary[] {
  return [...Map.groupBy(counts, ({ reason }) => reason)].map(([reason, alike]) => ({
    reason,
    text: null,
    count: alike.reduce((sum, { count }) => sum + count, 0),
    rows: firstOf(alike.flatMap(({ rows }) => rows)),
  }))
}

/**
 * Forgets what Heap said of rows that are no longer kept, as it may repeat values; how many there were for which
 * reason stays with the import.
 */
export async function forgetTexts(database: Queryable, importIds: readonly number[]): Promise<void> {
  if (importIds.length === 0) return
  await database.query(
    `with gone as (
       delete from rejection_counts where import_id = any($1::int[]) and text <> ''
       returning import_id, reason, count
     )
     insert into rejection_counts (import_id, reason, text, count, first_rows)
     select import_id, reason, '', sum(count), '{}' from gone group by import_id, reason
     on conflict (import_id, reason, text) do update set count = rejection_counts.count + excluded.count`,
    [[...importIds]],
  )
}
