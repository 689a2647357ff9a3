import React from 'react'
import { Notice } from '../components/notice.tsx'

/** What led to the page of a sync. */
export type Saved = 'created' | 'changed' | 'taken_over' | 'second'

const TEXTS: Record<Saved, string> = {
  created: 'The sync is set up. Looker runs it as scheduled; Run now sends the rows at once.',
  changed: 'The changes are saved and hold from the next run on.',
  taken_over: 'The schedule is taken over. From the next run on it goes to this action.',
  second:
    'This second schedule is set up. The first still sends to Heap as before: remove Heap from it in Looker.',
}

export function SavedNotice({ saved }: { saved: string | undefined }) {
  if (saved === undefined || !Object.hasOwn(TEXTS, saved)) return null
  return (
    <Notice intent={saved === 'second' ? 'warn' : 'positive'} role="status">
      {TEXTS[saved as Saved]}
    </Notice>
  )
}
