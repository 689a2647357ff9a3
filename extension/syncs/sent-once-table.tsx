import React from 'react'
import type { SyncHealth } from '../../shared/api/sync-health.ts'
import { formatDateTime } from '../components/format-date.ts'
import { Table, TableFrame } from '../components/table.tsx'
import { Muted, SectionHeading } from '../components/text.tsx'
import { useLocale } from '../looker/locale.ts'
import { sentPath } from '../routes.ts'
import type { SentOnce } from '../sync/once-memory.ts'
import { LastRun } from './last-run.tsx'
import { Name } from './name-link.tsx'
import { OutcomeTag } from './runs/outcome-tag.tsx'

type Props = { sent: readonly SentOnce[]; byRef: ReadonlyMap<string, SyncHealth> | undefined; now: Date }

/** What was sent once from this browser. */
export function SentOnceTable({ sent, byRef, now }: Props) {
  const locale = useLocale()
  return (
    <section aria-labelledby="once-heading">
      <SectionHeading id="once-heading">Sent once</SectionHeading>
      <Muted>Yours, from this browser. Others do not see them.</Muted>
      <TableFrame style={{ marginTop: 12 }}>
        <Table aria-labelledby="once-heading">
          <thead>
            <tr>
              <th scope="col">Delivery</th>
              <th scope="col">State</th>
              <th scope="col">Result</th>
              <th scope="col">Sent</th>
              <th scope="col">Environment</th>
            </tr>
          </thead>
          <tbody>
            {sent.map(({ planId, syncId, title, at }) => {
              const health = byRef?.get(syncId)
              return (
                <tr key={planId}>
                  <th scope="row">
                    <Name to={sentPath(planId)}>{title}</Name>
                  </th>
                  <td>
                    {health?.lastImport ? (
                      <OutcomeTag run={health.lastImport} />
                    ) : (
                      <Muted>Not delivered</Muted>
                    )}
                  </td>
                  <td>
                    <LastRun health={health} now={now} />
                  </td>
                  <td>{formatDateTime(new Date(at), locale)}</td>
                  <td>{health?.environmentId ?? '-'}</td>
                </tr>
              )
            })}
          </tbody>
        </Table>
      </TableFrame>
    </section>
  )
}
