import type { Draft } from '../sync/draft.ts'

/** What is to change about a draft; as a function, from what the draft is by then. */
export type DraftChange = Partial<Draft> | ((draft: Draft) => Partial<Draft>)

export function changed(draft: Draft, change: DraftChange): Draft {
  return { ...draft, ...(typeof change === 'function' ? change(draft) : change) }
}
