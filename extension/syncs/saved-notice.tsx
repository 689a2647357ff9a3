import React from 'react'
import { Notice } from '../components/notice.tsx'

/** What led to the page of a sync. */
export type Saved = 'created' | 'running' | 'not_run' | 'changed' | 'taken_over' | 'second'

const TEXTS: Record<Saved, string> = {
  created: 'The sync is set up. Looker runs it as scheduled; Run now sends the rows at once.',
  running: 'The sync is set up, and Looker runs the Look now. Its rows appear below once they arrive.',
  not_run: 'The sync is set up, but Looker did not run it right away: choose Run now to send the rows.',
  changed: 'The changes are saved and hold from the next run on.',
  taken_over: 'The schedule is taken over. From the next run on it goes to this action.',
  second:
    'This second schedule is set up. The first still sends to Heap as before: remove Heap from it in Looker.',
}

export function SavedNotice({ saved }: { saved: string | undefined }) {
  if (saved === undefined || !Object.hasOwn(TEXTS, saved)) return null
  return (
    <Notice intent={saved === 'second' || saved === 'not_run' ? 'warn' : 'positive'} role="status">
      {TEXTS[saved as Saved]}
    </Notice>
  )
}
