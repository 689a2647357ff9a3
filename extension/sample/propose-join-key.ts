import type { Column } from '../../shared/looker-result/columns.ts'
import type { PropertyType } from '../../shared/settings/sync-settings.ts'
import type { ColumnStats } from './column-stats.ts'
import type { FieldFacts } from './sample.ts'

export type Candidate = { column: Column; stats: ColumnStats; facts: FieldFacts | undefined }

export type Proposal = {
  column: Column
  /** Why, as parts of one sentence. */
  reasons: string[]
}

/** Names by which keys go, the surest first. */
const USER_NAMES: [RegExp, string][] = [
  [/\be-?mails?\b/i, 'it is called an email address, the usual identity in Heap'],
  [
    /\b(user|customer|person|member|contact|profile) ?(id|uid|key|uuid|guid)\b|\bidentity\b/i,
    'its name is that of a user ID',
  ],
  [/\b(id|uuid|guid|login|username)$/i, 'its name is that of an ID'],
]
const ACCOUNT_NAMES: [RegExp, string][] = [
  [
    /\b(account|company|organi[sz]ation|org|tenant|workspace|client) ?(id|uid|key|uuid|guid)\b/i,
    'its name is that of an account ID',
  ],
  [/\b(domain|account|company|organi[sz]ation|tenant|workspace)$/i, 'its name is that of an account'],
  [/\b(id|uuid|guid)$/i, 'its name is that of an ID'],
]
const KEY_TAGS = new Set(['email', 'user_id', 'account_id', 'heap_join_key', 'identity'])

/** Below this no column is proposed: a wrong guess is worse than none. */
const LEAST_SCORE = 55

/** The column that most likely is the join key; null when none stands out. */
export function proposeJoinKey(
  candidates: readonly Candidate[],
  propertyType: PropertyType,
): Proposal | null {
  const [best] = candidates
    .filter(({ column, facts }) => column.pivot === null && facts?.kind !== 'measure')
    .map((candidate) => ({ candidate, ...judge(candidate, propertyType) }))
    .sort((a, b) => b.score - a.score)
  if (!best || best.score < LEAST_SCORE) return null
  return { column: best.candidate.column, reasons: best.reasons }
}

function judge({ column, stats, facts }: Candidate, propertyType: PropertyType) {
  const reasons: string[] = []
  const usable = stats.filled === 0 ? 0 : stats.distinct / stats.filled
  const filled = stats.rows === 0 ? 0 : stats.filled / stats.rows
  let score = 40 * usable ** 4 + 20 * filled
  if (stats.rows > 0 && stats.distinct === stats.rows) reasons.push('every row has a value of its own')
  else if (stats.filled > 0 && usable === 1) reasons.push('its values are unique')

  const named = nameScore(column, propertyType)
  score += named.score
  if (named.reason) reasons.push(named.reason)
  const tag = facts?.tags.find((name) => KEY_TAGS.has(name.toLowerCase()))
  if (tag) {
    score += 15
    reasons.push(`the model tags it "${tag}"`)
  }
  if (facts?.primaryKey) {
    score += 10
    reasons.push("it is its view's primary key")
  }
  if (facts?.kind === 'table_calculation' || isNoKeyType(column.type)) score -= 40
  return { score, reasons }
}

function nameScore(column: Column, propertyType: PropertyType): { score: number; reason: string | null } {
  const names = propertyType === 'account' ? ACCOUNT_NAMES : USER_NAMES
  const texts = [column.shortLabel, column.label, column.name.replace(/[._]/g, ' ')]
  const index = names.findIndex(([pattern]) => texts.some((text) => pattern.test(text)))
  if (index < 0) return { score: 0, reason: null }
  return { score: 30 - index * 8, reason: names[index]?.[1] ?? null }
}

/** Times, yes/no and amounts may happen to be unique in a sample; none is a key. */
function isNoKeyType(type: string | null): boolean {
  return type !== null && /^(date|time|yesno|duration|tier|bin|location|zipcode)/.test(type)
}
