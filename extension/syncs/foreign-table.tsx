import { ButtonOutline } from '@looker/components'
import React from 'react'
import { useHistory } from 'react-router-dom'
import { Table, TableFrame } from '../components/table.tsx'
import { Muted, SectionHeading } from '../components/text.tsx'
import { useLook } from '../looker/look.ts'
import { takeOverPath } from '../routes.ts'
import type { ForeignSchedule } from '../sync/foreign-schedule.ts'

/** Schedules that were made for another action of the same name, so that nobody takes them for syncs. */
export function ForeignTable({ schedules }: { schedules: ForeignSchedule[] }) {
  return (
    <section aria-labelledby="foreign-heading">
      <SectionHeading id="foreign-heading">Made for Heap's action</SectionHeading>
      <Muted>
        These schedules go to another action called Heap: without a check beforehand, and without a word on
        rows that are lost. Heap's own ones can be taken over.
      </Muted>
      <TableFrame style={{ marginTop: 12 }}>
        <Table aria-labelledby="foreign-heading">
          <thead>
            <tr>
              <th scope="col">Schedule</th>
              <th scope="col">Action</th>
              <th scope="col">Environment</th>
              <th scope="col">Owner</th>
              <th scope="col" aria-label="What can be done" />
            </tr>
          </thead>
          <tbody>
            {schedules.map((schedule) => (
              <ForeignRow key={`${schedule.planId} ${schedule.index}`} schedule={schedule} />
            ))}
          </tbody>
        </Table>
      </TableFrame>
    </section>
  )
}

function ForeignRow({ schedule }: { schedule: ForeignSchedule }) {
  const history = useHistory()
  const look = useLook(schedule.lookId)
  const { planId, index, name, madeFor } = schedule
  return (
    <tr>
      <th scope="row">
        {name}
        <div>
          <Muted>{schedule.lookId === null ? 'Not of a Look' : `Look: ${look.data?.title ?? '...'}`}</Muted>
        </div>
      </th>
      <td>
        {madeFor === 'heap_own' ? "Heap's own" : 'Not known'}
        {schedule.paused && <Muted> (paused)</Muted>}
      </td>
      <td>{schedule.environmentId || '-'}</td>
      <td>{schedule.owner || '-'}</td>
      <td>
        {madeFor === 'heap_own' && (
          <ButtonOutline
            size="small"
            aria-label={`Take over ${name}`}
            onClick={() => history.push(takeOverPath(planId, index))}
          >
            Take over
          </ButtonOutline>
        )}
      </td>
    </tr>
  )
}
