import { ButtonTransparent } from '@looker/components'
import React, { useState } from 'react'
import styled from 'styled-components'
import { formatDateTime } from '../../../components/format-date.ts'
import { Notice } from '../../../components/notice.tsx'
import { Muted } from '../../../components/text.tsx'
import { useLocale } from '../../../looker/locale.ts'
import { toCrontab } from '../../../sync/crontab.ts'
import { nextRuns } from '../../../sync/next-runs.ts'
import { quieterTime } from '../../../sync/schedule.ts'
import { scheduleInWords } from '../../../sync/schedule-words.ts'
import { useWizard } from '../../wizard-context.ts'

const List = styled.ul`
  margin: 4px 0 0;
  padding-left: 20px;
`

/** The schedule in words, and when it comes due next. */
export function NextRuns({ problem }: { problem: string | null }) {
  const { draft, update } = useWizard()
  const locale = useLocale()
  const [now] = useState(() => new Date())
  const { schedule, timezone } = draft
  if (problem !== null) {
    return (
      <Notice intent="warn" role="status">
        {problem}
      </Notice>
    )
  }
  const crontab = toCrontab(schedule)
  const quieter = quieterTime(schedule, `${draft.look?.id}`)
  const runs = crontab === null ? [] : nextRuns(crontab, timezone, now)
  return (
    <Notice intent="inform" role="status">
      <p>
        <strong>{scheduleInWords(schedule)}</strong>
        {crontab !== null && ` (${timezone})`}
      </p>
      {quieter !== null && 'time' in schedule && (
        <p>
          Most schedules run on the hour, and wait for each other.{' '}
          <ButtonTransparent
            type="button"
            size="xsmall"
            onClick={() => update({ schedule: { ...schedule, time: quieter } })}
          >
            {`Use ${quieter}`}
          </ButtonTransparent>
        </p>
      )}
      {runs.length > 0 && (
        <>
          <Muted>Next runs:</Muted>
          <List>
            {runs.map((run) => (
              <li key={run.getTime()}>{formatDateTime(run, locale, timezone)}</li>
            ))}
          </List>
        </>
      )}
    </Notice>
  )
}
