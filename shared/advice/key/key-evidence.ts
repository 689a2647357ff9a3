import type { PropertyType } from '../../settings/sync-settings.ts'
import type { AdvisedColumn } from '../advised-column.ts'
import { fieldWords, subjectOfField, subjectOfView, withoutNouns } from '../subject.ts'

/** Why a column may be the join key. The strongest is worth most; how unique it is, is no evidence. */
export type KeyEvidence = { subject: PropertyType; strength: number; reason: string }

const TAGS: Record<string, PropertyType> = {
  email: 'user',
  user_id: 'user',
  identity: 'user',
  account_id: 'account',
}
/** Of either: the names tell which. */
const ANY_SUBJECT_TAG = 'heap_join_key'

/** Words beside `email` or `id` that leave it what it is; any other one makes it something else. */
const PLAIN = new Set(
  'primary main address lower lowercase clean cleaned normalized raw unique login work'.split(' '),
)
const IDS = new Set('id uid uuid guid identifier key number'.split(' '))

/** An address of somebody else than whom the row is about, which models tag as well. */
const OTHERS = new Set(
  'manager owner rep csm sales support billing referrer inviter invited parent sender approver creator created assignee agent secondary alternate recovery old previous'.split(
    ' ',
  ),
)

/** Everything that speaks for a column as join key, the strongest first. */
export function keyEvidence(advised: AdvisedColumn): KeyEvidence[] {
  const { column } = advised
  if (
    fieldWords(column)
      .flat()
      .some((word) => OTHERS.has(word))
  )
    return []
  return [...byTag(advised), ...byName(advised), ...byPrimaryKey(advised)].sort(
    (a, b) => b.strength - a.strength,
  )
}

/** Whom the column's names are about; a person's ID in a view of companies is about neither for sure. */
function namedSubject({ column }: AdvisedColumn): PropertyType | null {
  const field = subjectOfField(column)
  const view = subjectOfView(column)
  if (field === 'mixed' || view === 'mixed') return null
  return field !== null && view !== null && field !== view ? null : (field ?? view)
}

function byTag(advised: AdvisedColumn): KeyEvidence[] {
  const inAccounts = subjectOfView(advised.column) === 'account'
  return (advised.facts?.tags ?? []).flatMap((tag) => {
    const name = tag.toLowerCase()
    const subject = name === ANY_SUBJECT_TAG ? (namedSubject(advised) ?? 'user') : TAGS[name]
    // The address of a company is no person.
    if (!subject || (name === 'email' && (inAccounts || !looksLikeEmail(advised)))) return []
    return [{ subject, strength: 5, reason: `the model tags it "${tag}"` }]
  })
}

function byName(advised: AdvisedColumn): KeyEvidence[] {
  const { column } = advised
  const view = subjectOfView(column)
  for (const words of fieldWords(column)) {
    const rest = withoutNouns(words).filter((word) => !PLAIN.has(word))
    const text = rest.join(' ')
    if (text === 'email' && view !== 'account' && looksLikeEmail(advised)) {
      return [{ subject: 'user', strength: 4, reason: 'it is called an email address' }]
    }
    if ((text === 'identity' || text === 'heap identity') && view !== 'account') {
      return [{ subject: 'user', strength: 4.5, reason: 'it is called an identity' }]
    }
    const subject = namedSubject(advised)
    if (rest.length === 1 && IDS.has(text) && subject !== null) {
      const whose = subject === 'user' ? 'a user ID' : 'an account ID'
      return [{ subject, strength: 3, reason: `its name is that of ${whose}` }]
    }
    if (words.join(' ') === 'username' && view !== 'account') {
      return [{ subject: 'user', strength: 1, reason: 'it is called a user name' }]
    }
  }
  return []
}

/** The primary key of orders is none of people. */
function byPrimaryKey(advised: AdvisedColumn): KeyEvidence[] {
  const subject = namedSubject(advised)
  if (advised.facts?.primaryKey !== true || subject === null) return []
  const whose = subject === 'user' ? 'users' : 'accounts'
  return [{ subject, strength: 2, reason: `it is the primary key of its ${whose}` }]
}

/** `Email` may also be called what says whether somebody gets emails. Without values the name counts. */
function looksLikeEmail({ stats }: AdvisedColumn): boolean {
  return stats.distinct === 0 || stats.addresses * 2 >= stats.distinct
}
