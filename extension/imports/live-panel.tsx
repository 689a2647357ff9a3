import React from 'react'
import styled from 'styled-components'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { formatCount } from '../../shared/text/text-list.ts'
import { partsOf } from '../charts/parts.ts'
import { ShareBar } from '../charts/share-bar.tsx'
import { COLORS } from '../components/colors.ts'
import { Panel, Stack } from '../components/panel.tsx'
import { Muted } from '../components/text.tsx'
import { useNow } from '../components/use-now.ts'
import { useLocale } from '../looker/locale.ts'
import { speedInWords, stageInWords } from '../words/stage-words.ts'

const STAGES = ['waiting_for_looker', 'reading', 'sending'] as const

const LABELS: Record<(typeof STAGES)[number], string> = {
  waiting_for_looker: 'Waiting for Looker',
  reading: 'Reading',
  sending: 'Sending to Heap',
}

const Steps = styled.ol`
  color: ${COLORS.muted};
  display: flex;
  flex-wrap: wrap;
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  gap: 4px 20px;
  list-style: none;
  margin: 0;
  padding: 0;

  li::before {
    background: ${({ theme }) => theme.colors.ui3};
    border-radius: 50%;
    content: '';
    display: inline-block;
    height: 8px;
    margin-right: 8px;
    width: 8px;
  }
  li[data-is='done']::before {
    background: ${COLORS.edges.positive};
  }
  li[aria-current]::before {
    background: ${({ theme }) => theme.colors.key};
  }
  li[aria-current] {
    color: ${({ theme }) => theme.colors.text};
    font-weight: ${({ theme }) => theme.fontWeights.semiBold};
  }
`

const Sentence = styled.p`
  color: ${({ theme }) => theme.colors.text};
  font-size: ${({ theme }) => theme.fontSizes.medium};
  line-height: 1.5;
  margin: 0;
  overflow-wrap: anywhere;
`

/** What a delivery does while it runs. Only a change of the stage is announced, not every number. */
export function LivePanel({ detail, children }: { detail: ImportDetail; children?: React.ReactNode }) {
  const now = useNow(1000)
  const locale = useLocale()
  const stage = detail.stage === 'waiting_for_heap' ? 'sending' : detail.stage
  const isHeld = stage === 'held'
  const place = isHeld ? STAGES.indexOf('sending') : STAGES.indexOf(stage as (typeof STAGES)[number])
  const speed = speedInWords(detail)
  return (
    <Panel aria-label="Under way">
      <Stack gap={14}>
        <Steps aria-label="Stages">
          {STAGES.map((name, index) => (
            <li
              key={name}
              aria-current={index === place && !isHeld ? 'step' : undefined}
              data-is={index < place ? 'done' : undefined}
            >
              {LABELS[name]}
            </li>
          ))}
        </Steps>
        <Sentence>{stageInWords(detail, now, locale)}</Sentence>
        {detail.counts.received > 0 && detail.stage !== 'reading' && (
          <ShareBar parts={partsOf(detail)} total={detail.counts.received} />
        )}
        <Muted>
          {speed ??
            (detail.stage === 'reading'
              ? `${formatCount(detail.counts.received)} rows`
              : isHeld
                ? 'Discarded by itself after 7 days'
                : 'The time left is not known yet')}
        </Muted>
        {detail.heap.denial !== null && <Muted>{detail.heap.denial}</Muted>}
        {children}
      </Stack>
    </Panel>
  )
}
