import type { Column } from '../../looker-result/columns.ts'
import type { PropertyType } from '../../settings/sync-settings.ts'
import type { AdvisedColumn } from '../advised-column.ts'
import { subjectOfView } from '../subject.ts'
import type { KeyEvidence } from './key-evidence.ts'
import { keyEvidence } from './key-evidence.ts'
import { isRisky } from './key-risk.ts'
import { isNeverKey } from './never-key.ts'

export type KeySuggestion = {
  column: Column
  /** Why, as parts of one sentence. */
  reasons: string[]
}

/** What a row of the Look is about, and which column says whom; null: nothing speaks for any. */
export type MappingGuess = { propertyType: PropertyType; because: string; key: KeySuggestion | null }

type Candidate = { advised: AdvisedColumn; evidence: KeyEvidence[]; risky: boolean; strength: number }

/** The column that is the join key of users, or of accounts, by evidence; null where there is none. */
export function suggestKey(
  columns: readonly AdvisedColumn[],
  propertyType: PropertyType,
): KeySuggestion | null {
  const best = bestCandidate(columns, propertyType)
  if (best === null) return null
  const { column } = best.advised
  return { column, reasons: [...new Set(best.evidence.map(({ reason }) => reason))] }
}

/** Users or accounts, from names and tags, and the join key with it. */
export function guessMapping(columns: readonly AdvisedColumn[]): MappingGuess | null {
  const user = bestCandidate(columns, 'user')
  const account = bestCandidate(columns, 'account')
  const views = viewMajority(columns)
  const propertyType =
    user && account ? decide(user, account, views) : user ? 'user' : account ? 'account' : null
  const best = propertyType === 'user' ? user : account
  if (propertyType === null || best === null) {
    return views === null ? null : { propertyType: views, because: 'its columns are called so', key: null }
  }
  const key = suggestKey(columns, propertyType)
  return { propertyType, because: `it has the column ${best.advised.column.label}`, key }
}

function bestCandidate(columns: readonly AdvisedColumn[], propertyType: PropertyType): Candidate | null {
  const candidates = columns
    .filter((advised) => !isNeverKey(advised))
    .flatMap((advised): Candidate[] => {
      const evidence = keyEvidence(advised).filter(({ subject }) => subject === propertyType)
      const [strongest] = evidence
      if (!strongest) return []
      // Two reasons are better than one, but no two weak ones better than a strong one.
      const strength = strongest.strength + 0.1 * (evidence.length - 1)
      return [{ advised, evidence, risky: isRisky(advised.stats), strength }]
    })
  candidates.sort((a, b) => Number(a.risky) - Number(b.risky) || b.strength - a.strength)
  return candidates[0] ?? null
}

/** A row is about that of which every row has its own. */
function decide(user: Candidate, account: Candidate, views: PropertyType | null): PropertyType | null {
  if (user.risky !== account.risky) return user.risky ? 'account' : 'user'
  const keyed = [user, account].filter(({ advised }) => advised.facts?.primaryKey === true)
  if (keyed.length === 1) return keyed[0] === user ? 'user' : 'account'
  return views
}

function viewMajority(columns: readonly AdvisedColumn[]): PropertyType | null {
  const subjects = columns
    .filter(({ facts, column }) => facts?.kind === 'dimension' && column.pivot === null)
    .map(({ column }) => subjectOfView(column))
  const users = subjects.filter((subject) => subject === 'user').length
  const accounts = subjects.filter((subject) => subject === 'account').length
  if (users === accounts) return null
  return users > accounts ? 'user' : 'account'
}
