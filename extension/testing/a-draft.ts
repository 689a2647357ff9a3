import type { Draft } from '../sync/draft.ts'
import { emptyDraft } from '../sync/draft.ts'

/** A complete draft, ready to be a sync. */
export function aDraft(change: Partial<Draft> = {}): Draft {
  return {
    ...emptyDraft('Europe/Berlin'),
    look: { id: '42', title: 'Customers' },
    joinKey: 'users.email',
    environmentId: '11',
    ...change,
  }
}
