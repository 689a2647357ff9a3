import React from 'react'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { formatCount } from '../../shared/text/text-list.ts'
import { PART_COLORS, PART_WORDS } from '../charts/parts.ts'
import type { FlowPart } from '../charts/row-flow.tsx'
import { RowFlow } from '../charts/row-flow.tsx'
import { Panel, Stack } from '../components/panel.tsx'
import { Muted, SectionHeading } from '../components/text.tsx'
import { reasonInWords } from './reason-in-words.ts'

/** What became of the rows, as a picture and as an equation. */
export function RowsSection({ detail }: { detail: ImportDetail }) {
  const { counts } = detail
  if (counts.received === 0) return null
  return (
    <Panel aria-labelledby="rows-heading">
      <SectionHeading id="rows-heading">The way of the rows</SectionHeading>
      <Stack gap={20}>
        <RowFlow received={counts.received} parts={flowParts(detail)} />
        <Muted>{rowEquation(detail)}</Muted>
      </Stack>
    </Panel>
  )
}

/** Every reason is a part of its own; those that are nothing are left out, but for what arrived. */
export function flowParts({ counts, pending, rejections, dryRun }: ImportDetail): FlowPart[] {
  const told = rejections.reduce((sum, { count }) => sum + count, 0)
  const rejected = rejections.map(({ reason, text, count }) => ({
    key: `${reason} ${text}`,
    count,
    words: `rejected: ${reasonInWords(reason, count)}`,
    more: text ?? undefined,
    color: PART_COLORS.rejected,
  }))
  const part = (
    key: 'delivered' | 'skipped' | 'superseded' | 'unchanged' | 'pending',
    count: number,
    words: string,
  ) => ({
    key,
    count,
    words,
    color: PART_COLORS[key],
  })
  return [
    part('delivered', counts.delivered, dryRun ? 'can be imported' : 'delivered to Heap'),
    ...rejected,
    // The reasons are counted a moment after the rows.
    {
      key: 'other',
      count: Math.max(0, counts.rejected - told),
      words: 'rejected',
      color: PART_COLORS.rejected,
    },
    part('skipped', counts.skipped, 'skipped: no join key'),
    part('superseded', counts.superseded, 'replaced by a newer delivery'),
    part('unchanged', counts.unchanged, 'unchanged since the last delivery, not sent'),
    part('pending', pending, 'under way'),
  ].filter(({ key, count }) => count > 0 || key === 'delivered')
}

/** `60 received = 45 delivered + 15 rejected + ...`: all six, also those that are nothing. */
export function rowEquation({ counts, pending, state }: ImportDetail): string {
  const sum = [
    `${formatCount(counts.delivered)} ${PART_WORDS.delivered}`,
    `${formatCount(counts.rejected)} ${PART_WORDS.rejected}`,
    `${formatCount(counts.skipped)} ${PART_WORDS.skipped}`,
    `${formatCount(counts.superseded)} ${PART_WORDS.superseded}`,
    `${formatCount(counts.unchanged)} ${PART_WORDS.unchanged}`,
    ...(state === 'finished' && pending === 0 ? [] : [`${formatCount(pending)} ${PART_WORDS.pending}`]),
  ]
  return `${formatCount(counts.received)} received = ${sum.join(' + ')}`
}
