import type { Column } from '../looker-result/columns.ts'
import type { PropertyType } from '../settings/sync-settings.ts'
import { wordsOf } from './words.ts'

/** Nouns by which LookML calls people and companies. */
const NOUNS: Record<PropertyType, ReadonlySet<string>> = {
  user: new Set(
    'user customer person people member contact lead subscriber profile player student patient'.split(' '),
  ),
  account: new Set('account company organization organisation org tenant workspace team firm'.split(' ')),
}

/** Parts of view names that say nothing of what a row is. */
const NEUTRAL = new Set(
  'dim stg int raw src mart vw view tbl table base core all crm app dw dwh bi pdt fact summary attribute property detail current'.split(
    ' ',
  ),
)

/** `mixed`: of both people and companies, so of neither for sure. */
export type NamedSubject = PropertyType | 'mixed' | null

function subjectOfWords(words: readonly string[]): NamedSubject {
  const user = words.some((word) => NOUNS.user.has(word))
  const account = words.some((word) => NOUNS.account.has(word))
  if (user && account) return 'mixed'
  if (user) return 'user'
  return account ? 'account' : null
}

/** The words of a field without its view; each way it is written by itself. */
export function fieldWords({ name, shortLabel }: Column): string[][] {
  return [wordsOf(name.slice(name.indexOf('.') + 1)), wordsOf(shortLabel)]
}

/** Whom the field's own name is about: `customer_id`, `Account ID`. */
export function subjectOfField(column: Column): NamedSubject {
  return subjectOfWords(fieldWords(column).flat())
}

/** What is left of a field's words without the nouns of its subject. */
export function withoutNouns(words: readonly string[]): string[] {
  return words.filter((word) => !NOUNS.user.has(word) && !NOUNS.account.has(word))
}

/** Whom a row of the field's view is about; null for `orders`, and for `user_events`, which is not users. */
export function subjectOfView({ name, label, shortLabel }: Column): NamedSubject {
  const written = [
    name.includes('.') ? name.slice(0, name.indexOf('.')) : '',
    label.endsWith(shortLabel) ? label.slice(0, -shortLabel.length) : '',
  ]
  const subjects = written
    .map((text) => wordsOf(text).filter((word) => !NEUTRAL.has(word) && !/^v?\d+$/.test(word)))
    .filter((words) => words.length > 0 && withoutNouns(words).length === 0)
    .map(subjectOfWords)
  const [first = null, ...others] = subjects
  return others.every((subject) => subject === first) ? first : 'mixed'
}
