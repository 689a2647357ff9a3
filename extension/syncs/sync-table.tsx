import React from 'react'
import { RunStrip } from '../charts/run-strip.tsx'
import { formatDateTime } from '../components/format-date.ts'
import { Table, TableFrame } from '../components/table.tsx'
import { Muted } from '../components/text.tsx'
import { useLocale } from '../looker/locale.ts'
import { useLook } from '../looker/look.ts'
import { syncPath } from '../routes.ts'
import type { ListedSync } from '../sync/sync-order.ts'
import type { SyncSummary } from '../sync/sync-summary.ts'
import { ActionTag } from './action-tag.tsx'
import { LastRun } from './last-run.tsx'
import { Name } from './name-link.tsx'
import { HealthTag } from './state-tag.tsx'

export function SyncTable({ syncs, now }: { syncs: readonly ListedSync[]; now: Date }) {
  return (
    <TableFrame>
      <Table aria-label="Syncs">
        <thead>
          <tr>
            <th scope="col">Sync</th>
            <th scope="col">State</th>
            <th scope="col">Last run</th>
            <th scope="col">Last ten runs</th>
            <th scope="col">Schedule</th>
            <th scope="col">Environment</th>
            <th scope="col">Owner</th>
          </tr>
        </thead>
        <tbody>
          {syncs.map((listed) => (
            <SyncRow key={listed.sync.id} listed={listed} now={now} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function SyncRow({ listed: { sync, health, state }, now }: { listed: ListedSync; now: Date }) {
  const locale = useLocale()
  const look = useLook(sync.lookId)
  const next = sync.nextRun
  return (
    <tr>
      <th scope="row">
        <Name to={syncPath(sync.id)}>{sync.name}</Name>
        <div>
          <Muted>{lookText(sync, look.data?.title, look.isError)}</Muted>
        </div>
      </th>
      <td>
        <HealthTag state={state} /> <ActionTag action={sync.action} />
      </td>
      <td>
        <LastRun health={health} now={now} />
      </td>
      <td>
        <RunStrip runs={health?.recent ?? []} />
      </td>
      <td>
        {sync.schedule}
        <div>
          <Muted>
            {next ? `next ${formatDateTime(next, locale, sync.timezone ?? undefined)}` : sync.timezone}
          </Muted>
        </div>
      </td>
      <td>{sync.environmentId || '-'}</td>
      <td>{sync.owner || '-'}</td>
    </tr>
  )
}

function lookText(sync: SyncSummary, title: string | undefined, failed: boolean): string {
  if (sync.lookId === null) return 'Not of a Look'
  if (failed) return `Look ${sync.lookId}, which you may not see`
  return `Look: ${title ?? '...'}`
}
