import type { Parsed } from './parsed.ts'

/**
 * What the join key of users is compared with in Heap.
 *
 * `identity`: Heap's identity, by the documented public endpoint. `heap_setup`: the user property that is
 * chosen in Heap, by the endpoint and with the body of Heap's own action for Looker; which property that is
 * no request can say.
 */
export type MatchBy = 'identity' | 'heap_setup'

/** The words of form, wizard and README for it; they are the same everywhere. */
export const MATCH_BY_LABEL = 'Match by'

export const MATCH_BY_WORDS: Record<MatchBy, string> = {
  identity: 'Heap identity',
  heap_setup: "The user property chosen in Heap's set-up of Looker Data Import",
}

export const MATCH_BY_DESCRIPTIONS: Record<MatchBy, string> = {
  identity:
    'What your product calls heap.identify with. An identity that Heap does not know creates a new user.',
  heap_setup:
    'It is chosen in Heap under Integrations > Directory > Looker Data Import. Heap documents none of this. All values are sent as text.',
}

export function parseMatchBy(text: string): Parsed<MatchBy> {
  if (text === '') return { value: 'identity' }
  if (text === 'identity' || text === 'heap_setup') return { value: text }
  return {
    error: `${MATCH_BY_LABEL} is either identity (${MATCH_BY_WORDS.identity}) or heap_setup (${MATCH_BY_WORDS.heap_setup}).`,
  }
}

/** A parameter of our first release: the name of a user property, for which no endpoint of Heap's is known. */
export const JOIN_PROPERTY = 'join_property'

/** What to do about a schedule that carries it; null when it said no more than identity. */
export function joinPropertyError(text: string): string | null {
  if (text === '' || text === 'identity') return null
  return `This schedule has the parameter ${JOIN_PROPERTY}, which is no longer supported: the user property is chosen in Heap itself. Open the sync in the Heap Data Import extension and save it with ${MATCH_BY_LABEL}, or set the parameter match_by to identity or heap_setup.`
}
