import React from 'react'
import { Link } from 'react-router-dom'
import type { SyncHealth } from '../../shared/api/sync-health.ts'
import { countOf } from '../../shared/text/text-list.ts'
import { Notice } from '../components/notice.tsx'
import { useNow } from '../components/use-now.ts'
import { useLocale } from '../looker/locale.ts'
import { clockTime } from '../words/duration.ts'
import { syncSentence } from '../words/sync-sentence.ts'

type Props = { health: SyncHealth; paused: boolean; pathOf: (importId: number) => string }

/** How the sync is, in one sentence, and what to do about it. */
export function SyncState({ health, paused, pathOf }: Props) {
  const now = useNow()
  const locale = useLocale()
  const { intent, is, todo } = syncSentence(health, paused, now, locale)
  const { lastImport, due, usualRows } = health
  const held = health.state === 'held' ? health.recent.find((run) => run.state === 'held') : undefined
  const open = held ?? lastImport
  const upcoming = due !== null && !due.late && !paused && health.state !== 'new'
  return (
    <Notice intent={intent} role="status">
      <p>
        <strong>{is}</strong>
      </p>
      {todo !== null && (
        <p>
          {todo}{' '}
          {open !== null && (
            <Link to={pathOf(open.id)}>{held ? 'Open the held run' : 'Open the last run'}</Link>
          )}
        </p>
      )}
      {(upcoming || usualRows !== null) && (
        <p>
          {upcoming &&
            `The next run is due ${clockTime(new Date(due.at), now, locale)}${due.by === 'rhythm' ? ', going by its usual rhythm' : ''}. `}
          {usualRows !== null && `${countOf(usualRows, 'row')} ${usualRows === 1 ? 'is' : 'are'} usual.`}
        </p>
      )}
    </Notice>
  )
}
