import type { Column } from '../../shared/looker-result/columns.ts'
import { findJoinKeyColumn } from '../../shared/rows/join-key-column.ts'
import type { Draft } from '../sync/draft.ts'

/** The column that the draft's join key means by the server's rules; an older sync may name its label. */
export function resolveJoinKey(columns: readonly Column[], draft: Draft): Column | null {
  if (draft.joinKey === '') return null
  const found = findJoinKeyColumn(columns, draft.joinKey)
  return found.kind === 'found' ? found.column : null
}

/** Why the draft's join key is no column of the Look; null when it is one, or when none is chosen. */
export function lostJoinKey(columns: readonly Column[], draft: Draft): string | null {
  if (draft.joinKey === '') return null
  const found = findJoinKeyColumn(columns, draft.joinKey)
  return found.kind === 'failed' ? found.message : null
}
