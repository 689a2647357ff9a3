import React from 'react'
import { countOf } from '../../shared/text/text-list.ts'
import { useImports } from '../action-server/imports.ts'
import { ErrorMessage } from '../components/error-message.tsx'
import { formatDateTime } from '../components/format-date.ts'
import { Loading } from '../components/loading.tsx'
import { Stack } from '../components/panel.tsx'
import { Muted } from '../components/text.tsx'
import { useLocale } from '../looker/locale.ts'
import type { ImportsOf } from '../sync/imports-of.ts'
import { ImportReport } from './import-report.tsx'

/** Shown in full; the rest is counted. */
const SHOWN = 5

type Props = {
  of: ImportsOf[]
  /** A delivery was asked for: look for it often. */
  expecting: boolean
  /** What the sync is called; a delivery under another name says so. */
  names: string[]
}

/** The last imports of a sync. */
export function ImportList(props: Props) {
  const locale = useLocale()
  const imports = useImports(props.of, props.expecting)
  if (imports.error) return <ErrorMessage error={imports.error} retry={() => imports.retry()} />
  if (!imports.data) return <Loading>Asking the action server</Loading>
  if (imports.data.length === 0) return <Muted>Nothing has been delivered yet.</Muted>
  const rest = imports.data.length - SHOWN
  return (
    <Stack gap={12}>
      {imports.data.slice(0, SHOWN).map((view) => (
        <Stack key={view.id} gap={4}>
          <Muted>
            {formatDateTime(new Date(view.startedAt), locale)}
            {view.dryRun && ', dry run'}
            {view.title && !props.names.includes(view.title) && `, delivered as "${view.title}"`}
          </Muted>
          <ImportReport view={view} />
        </Stack>
      ))}
      {rest > 0 && <Muted>{countOf(rest, 'older import')} not shown.</Muted>}
    </Stack>
  )
}
