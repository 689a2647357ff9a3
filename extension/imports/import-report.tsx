import React from 'react'
import styled from 'styled-components'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { textsOf } from '../../shared/report/remark.ts'
import { countOf, formatCount } from '../../shared/text/text-list.ts'
import type { NoticeIntent } from '../components/notice.tsx'
import { Notice } from '../components/notice.tsx'
import { RemarkNotes } from '../components/remark-notes.tsx'
import { reasonInWords } from './reason-in-words.ts'

const Reasons = styled.ul`
  margin: 4px 0 0;
  padding-left: 20px;
`

/** What became of the rows: the server's sentence, and every reason with its rows. */
export function ImportReport({ view }: { view: ImportDetail }) {
  const finished = view.state === 'finished'
  const told = finished && view.counts.received > 0 && !isExplained(view)
  // The message has the remarks as well.
  const remarks = told || view.counts.received === 0 ? [] : view.remarks
  return (
    <Notice intent={intentOf(view)} role={finished && view.success !== true ? 'alert' : 'status'}>
      <p>
        <strong>{headline(view)}</strong>
      </p>
      {view.rejections.length > 0 && (
        <Reasons>
          {view.rejections.map(({ reason, text, count, rows }) => (
            <li key={`${reason} ${text}`}>
              {formatCount(count)} rejected: {reasonInWords(reason, count)}
              {text && ` (${text})`}
              {rows.length > 0 && `, in ${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}`}
              {rows.length > 0 && count > rows.length && ' and more'}
            </li>
          ))}
        </Reasons>
      )}
      {view.counts.skipped > 0 && <p>{countOf(view.counts.skipped, 'row')} without a join key skipped.</p>}
      {view.counts.superseded > 0 && (
        <p>{countOf(view.counts.superseded, 'row')} replaced by a newer delivery of this sync.</p>
      )}
      {view.counts.unchanged > 0 && (
        <p>{countOf(view.counts.unchanged, 'row')} unchanged since the last delivery and not sent.</p>
      )}
      {view.heap.denial !== null && <p>{view.heap.denial}</p>}
      {textsOf(remarks, 'warning').map((text) => (
        <p key={text}>{text}</p>
      ))}
      <RemarkNotes remarks={remarks} />
      {told && <p>{view.message}</p>}
    </Notice>
  )
}

/** The message says no more than headline, reasons and remarks, unless the rows did not come in whole. */
function isExplained({ rejections, remarks, counts, message }: ImportDetail): boolean {
  const listed = rejections.length + remarks.length + counts.skipped + counts.superseded + counts.unchanged
  return listed > 0 && /^(Imported|Dry run|[\d,]+ test row)/.test(message)
}

function intentOf(view: ImportDetail): NoticeIntent {
  if (view.state !== 'finished') return view.heap.denial === null ? 'inform' : 'warn'
  if (view.success !== true) return 'critical'
  const doubts = view.counts.rejected + view.counts.skipped + textsOf(view.remarks, 'warning').length
  return doubts > 0 ? 'warn' : 'positive'
}

function headline(view: ImportDetail): string {
  const { received, delivered } = view.counts
  if (view.state === 'reading') return `${countOf(received, 'row')} read so far`
  if (view.state === 'sending') return `${formatCount(delivered)} of ${countOf(received, 'row')} sent so far`
  if (received === 0) return view.message
  const verb = view.dryRun ? 'can be imported' : 'imported'
  return `${formatCount(delivered)} of ${countOf(received, 'row')} ${verb}`
}
