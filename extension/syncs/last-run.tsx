import React from 'react'
import type { SyncHealth } from '../../shared/api/sync-health.ts'
import { Muted } from '../components/text.tsx'
import { ago } from '../words/duration.ts'
import { runInWords } from '../words/run-outcome.ts'

/** `15 rejected`, and below when: of the newest run that a sync had. */
export function LastRun({ health, now }: { health: SyncHealth | undefined; now: Date }) {
  const last = health?.lastImport
  if (!last) return <Muted>-</Muted>
  return (
    <>
      {runInWords(last)}
      <div>
        <Muted>{ago(new Date(last.finishedAt ?? last.startedAt), now)}</Muted>
      </div>
    </>
  )
}
