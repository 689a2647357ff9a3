/**
 * What became of the rows of an import. For an import that is done,
 * `received = delivered + rejected + skipped + superseded + unchanged`; until then the rest is pending.
 */
export type ImportCounts = {
  received: number
  /** Heap answered 2xx to a request with the row. In a dry run: would have been sent. */
  delivered: number
  rejected: number
  skipped: number
  superseded: number
  /** They equal what the last delivery sent, where only changes are sent. */
  unchanged: number
}

export const NO_ROWS: ImportCounts = {
  received: 0,
  delivered: 0,
  rejected: 0,
  skipped: 0,
  superseded: 0,
  unchanged: 0,
}

/** Rows that are stored with us and on their way to Heap. */
export function pendingRows(counts: ImportCounts): number {
  const { received, delivered, rejected, skipped, superseded, unchanged } = counts
  return received - delivered - rejected - skipped - superseded - unchanged
}

/** Why a row cannot be sent or was refused: how one such row is called, and how several are. */
export const REJECTION_TEXTS = {
  join_key_duplicate: ['duplicate join key', 'duplicate join keys'],
  join_key_placeholder: [
    'placeholder instead of a join key (such as "null" or "undefined")',
    'placeholders instead of a join key (such as "null" or "undefined")',
  ],
  join_key_too_long: ['join key longer than 255 characters', 'join keys longer than 255 characters'],
  join_key_not_a_value: [
    'join key that is a list, an object or too large a number',
    'join keys that are lists, objects or too large numbers',
  ],
  join_key_broken_text: [
    'join key with characters that are not valid text',
    'join keys with characters that are not valid text',
  ],
  row_too_large: [
    'row larger than one request to Heap may be',
    'rows larger than one request to Heap may be',
  ],
  heap_refused: ['row refused by Heap', 'rows refused by Heap'],
  heap_unreachable: ['row not taken by Heap within 24 hours', 'rows not taken by Heap within 24 hours'],
  cancelled: ['row not sent, as the import was cancelled', 'rows not sent, as the import was cancelled'],
  forgotten: ['row that was erased on request', 'rows that were erased on request'],
} as const

export type RejectionReason = keyof typeof REJECTION_TEXTS

/** Rows that may well be sent another time: nothing is wrong with them, or Heap may think again. */
export const RETRIABLE_REASONS = [
  'heap_refused',
  'heap_unreachable',
  'cancelled',
] as const satisfies readonly RejectionReason[]

/** What rows rejected for a reason are called after their count. */
export function rejectionText(reason: RejectionReason, count: number): string {
  return REJECTION_TEXTS[reason][count === 1 ? 0 : 1]
}

/** All rows rejected for one reason; `text` is what Heap said. */
export type RejectionSummary = {
  reason: RejectionReason
  count: number
  text: string | null
  /** The first few row numbers, from 1. */
  rows: number[]
}
