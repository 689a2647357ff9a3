import type { Match } from '../../../../shared/api/known-keys.ts'
import type { PropertyType } from '../../../../shared/settings/sync-settings.ts'
import { countOf, formatCount, quoteList } from '../../../../shared/text/text-list.ts'
import type { NoticeIntent } from '../../../components/notice.tsx'

export type MatchWords = { intent: NoticeIntent; text: string; examples: string[] }

/** Keys that are shown of each kind. */
const MOST_EXAMPLES = 5

/**
 * What a comparison with whom Heap knows has found.
 *
 * @param keys of the sample, those that the server was asked for, in order
 */
export function matchWords(match: Match, type: PropertyType, keys: readonly string[]): MatchWords {
  const { known, unknown } = match
  const total = known + unknown
  const examples = [
    ...examplesOf('Not known, for example', keys, (index) => match.keys[index] === false),
    ...examplesOf('Known, for example', keys, (index) => match.keys[index] === true),
  ]
  if (total === 0) {
    return { intent: 'warn', text: 'No row of this Look has a key that could be compared.', examples: [] }
  }
  const one = type === 'user' ? 'a user' : 'an account'
  if (unknown === 0) {
    const all = total === 1 ? 'The one key is' : `All ${countOf(total, 'key')} are`
    return { intent: 'positive', text: `${all} known to Heap; no row would create ${one}.`, examples }
  }
  const would = `${formatCount(unknown)} would create ${unknown === 1 ? one : `${type}s`}`
  if (known === 0) {
    return {
      intent: 'critical',
      text: `None of ${countOf(total, 'key')} is known to Heap; ${would}. Do both columns hold the same ID, written alike? Capital letters count.`,
      examples,
    }
  }
  return {
    intent: 'warn',
    text: `${formatCount(known)} of ${countOf(total, 'key')} ${known === 1 ? 'is' : 'are'} known to Heap; ${would}.`,
    examples,
  }
}

function examplesOf(label: string, keys: readonly string[], fits: (index: number) => boolean): string[] {
  const found = keys.filter((_, index) => fits(index)).slice(0, MOST_EXAMPLES)
  return found.length === 0 ? [] : [`${label}: ${quoteList(found)}`]
}
