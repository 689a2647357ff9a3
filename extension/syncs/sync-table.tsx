import React from 'react'
import { Link } from 'react-router-dom'
import styled from 'styled-components'
import { formatDateTime } from '../components/format-date.ts'
import { Table, TableFrame } from '../components/table.tsx'
import { Muted } from '../components/text.tsx'
import { useLocale } from '../looker/locale.ts'
import { useLook } from '../looker/look.ts'
import { syncPath } from '../routes.ts'
import type { SyncSummary } from '../sync/sync-summary.ts'
import { ActionTag } from './action-tag.tsx'
import { StateTag } from './state-tag.tsx'

const Name = styled(Link)`
  color: ${({ theme }) => theme.colors.link};
  font-weight: ${({ theme }) => theme.fontWeights.medium};
  text-decoration: none;

  &:hover {
    text-decoration: underline;
  }
`

export function SyncTable({ syncs }: { syncs: SyncSummary[] }) {
  return (
    <TableFrame>
      <Table aria-label="Syncs">
        <thead>
          <tr>
            <th scope="col">Sync</th>
            <th scope="col">Schedule</th>
            <th scope="col">Environment</th>
            <th scope="col">Next run</th>
            <th scope="col">Owner</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {syncs.map((sync) => (
            <SyncRow key={sync.id} sync={sync} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function SyncRow({ sync }: { sync: SyncSummary }) {
  const locale = useLocale()
  const look = useLook(sync.lookId)
  return (
    <tr>
      <th scope="row">
        <Name to={syncPath(sync.id)}>{sync.name}</Name>
        <div>
          <Muted>{lookText(sync, look.data?.title, look.isError)}</Muted>
        </div>
      </th>
      <td>
        {sync.schedule}
        <div>
          <Muted>{sync.timezone}</Muted>
        </div>
      </td>
      <td>{sync.environmentId || '-'}</td>
      <td>{sync.nextRun ? formatDateTime(sync.nextRun, locale, sync.timezone ?? undefined) : '-'}</td>
      <td>{sync.owner || '-'}</td>
      <td>
        <StateTag state={sync.state} /> <ActionTag action={sync.action} />
      </td>
    </tr>
  )
}

function lookText(sync: SyncSummary, title: string | undefined, failed: boolean): string {
  if (sync.lookId === null) return 'Not of a Look'
  if (failed) return `Look ${sync.lookId}, which you may not see`
  return `Look: ${title ?? '...'}`
}
