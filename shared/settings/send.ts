import type { Parsed } from './parsed.ts'

/**
 * Which rows of a delivery are sent.
 *
 * `all`: every row, as Heap's own action does. `changed`: those that are new or differ from what the last whole
 * delivery of the sync sent; the others are counted as unchanged.
 */
export type Send = 'all' | 'changed'

/** Of a sync that sends changed rows, every so manyth delivery sends everything. */
export const ALL_EVERY = 10

/** The words of form, wizard and README for it. */
export const SEND_WORDS: Record<Send, string> = {
  all: 'All rows',
  changed: 'New and changed rows',
}

export const SEND_DESCRIPTION = `${SEND_WORDS.changed} leaves out rows that equal the last delivery of this sync. Every ${ALL_EVERY}th delivery sends all rows. Not for properties that other tools write too: what they change stays until then. It needs the Sync ID that the Heap Data Import extension writes.`

export function parseSend(text: string): Parsed<Send> {
  if (text === '') return { value: 'all' }
  if (text === 'all' || text === 'changed') return { value: text }
  return {
    error: `The rows to send are either all (${SEND_WORDS.all}) or changed (${SEND_WORDS.changed}).`,
  }
}

/** What is wrong with the choice for a sync whose last delivery cannot be known; null for all else. */
export function sendError(send: Send | undefined, syncId: string | null | undefined): string | null {
  if (send !== 'changed' || syncId !== null) return null
  return 'Only syncs with a Sync ID can send new and changed rows alone. Save the sync in the Heap Data Import extension, which gives it one, or set the rows to send to all.'
}
