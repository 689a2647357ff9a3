import type { ImportSummary } from '../../shared/api/import-summary.ts'

/** What becomes of rows, in the order in which charts stack and tables list it. */
export const PARTS = ['delivered', 'rejected', 'skipped', 'superseded', 'unchanged', 'pending'] as const

export type Part = (typeof PARTS)[number]

export const PART_WORDS: Record<Part, string> = {
  delivered: 'delivered',
  rejected: 'rejected',
  skipped: 'skipped',
  superseded: 'replaced by newer',
  unchanged: 'unchanged',
  pending: 'under way',
}

/** Each is told from its neighbours and from white by more than 3:1 or a gap; words say the same. */
export const PART_COLORS: Record<Part, string> = {
  delivered: '#2f8f5b',
  rejected: '#cc1f36',
  skipped: '#8b95a1',
  superseded: '#7b83c4',
  unchanged: '#a9c7b4',
  pending: '#5b8def',
}

export function partsOf({
  counts,
  pending,
}: Pick<ImportSummary, 'counts' | 'pending'>): Record<Part, number> {
  const { delivered, rejected, skipped, superseded, unchanged } = counts
  return { delivered, rejected, skipped, superseded, unchanged, pending }
}
