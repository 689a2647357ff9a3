import React from 'react'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { MATCH_BY_WORDS } from '../../shared/settings/match-by.ts'
import { countOf } from '../../shared/text/text-list.ts'
import { Facts } from '../components/facts.tsx'
import { formatDateTime } from '../components/format-date.ts'
import { Panel } from '../components/panel.tsx'
import { Muted, SectionHeading } from '../components/text.tsx'
import { formatDuration } from '../words/duration.ts'

/** Where the rows went, how long it took, what Looker was told and what Heap said. */
export function ToldSection({ detail, locale }: { detail: ImportDetail; locale: string }) {
  const time = (moment: string) => formatDateTime(new Date(moment), locale)
  const { answer, heap } = detail
  return (
    <Panel aria-labelledby="told-heading">
      <SectionHeading id="told-heading">What happened</SectionHeading>
      <Facts
        facts={[
          ...(detail.title === null ? [] : [['Delivered as', detail.title] as [string, string]]),
          ['Began', time(detail.startedAt)],
          [
            'Ended',
            detail.finishedAt === null
              ? 'Not yet'
              : `${time(detail.finishedAt)}, after ${lasted(detail.startedAt, detail.finishedAt)}`,
          ],
          ...detail.stages.map(stageFact),
          [
            'Looker was told',
            answer === null ? (
              <Muted key="answer">Nothing yet. Now it would be: {detail.message}</Muted>
            ) : (
              <span key="answer">
                {answer.message}{' '}
                <Muted>
                  ({answer.success ? 'success' : 'failure'}, {time(answer.at)})
                </Muted>
              </span>
            ),
          ],
          ['Heap', heapInWords(heap)],
          [
            'Environment',
            `${detail.environmentId}, ${detail.propertyType === 'account' ? 'accounts' : 'users'}`,
          ],
          ['Match by', matchInWords(detail)],
        ]}
      />
    </Panel>
  )
}

function lasted(from: string, to: string): string {
  return formatDuration((Date.parse(to) - Date.parse(from)) / 1000)
}

const STAGE_NAMES = { waiting: 'Waited for Looker', reading: 'Read', sending: 'Sent' }

function stageFact({
  name,
  startedAt,
  endedAt,
  rows,
  rowsPerSecond,
}: ImportDetail['stages'][number]): [string, string] {
  const parts = [
    ...(name === 'waiting' ? [] : [countOf(rows, 'row')]),
    endedAt === null ? 'still at it' : `in ${lasted(startedAt, endedAt)}`,
    ...(rowsPerSecond === null
      ? []
      : [`${Math.round(rowsPerSecond).toLocaleString('en-US')} rows per second`]),
  ]
  return [STAGE_NAMES[name], parts.join(', ')]
}

function heapInWords({ retries, lastError, denial }: ImportDetail['heap']): string {
  if (retries === 0 && lastError === null) return denial ?? 'Took every request at once'
  const said = lastError === null ? '' : ` The last failure: ${lastError.replace(/\.$/, '')}.`
  return `${countOf(retries, 'request')} tried again.${said}${denial === null ? '' : ` ${denial}`}`
}

function matchInWords({ propertyType, matchBy }: ImportDetail): string {
  if (propertyType === 'account') return 'Heap account ID'
  return (
    (Object.hasOwn(MATCH_BY_WORDS, matchBy)
      ? MATCH_BY_WORDS[matchBy as keyof typeof MATCH_BY_WORDS]
      : null) ?? matchBy
  )
}
