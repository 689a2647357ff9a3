import React from 'react'
import type { KeySuggestion as Proposal } from '../../../shared/advice/key/guess-mapping.ts'
import { Notice } from '../../components/notice.tsx'
import { Stack } from '../../components/panel.tsx'
import { joinKeyProblems } from '../../sample/join-key-problems.ts'
import type { SampledColumn } from '../../sample/use-sample.ts'

/** What the sample says for and against the chosen column. */
export function KeyReport(props: { picked: SampledColumn; partial: boolean; proposal: Proposal | null }) {
  const { picked, partial, proposal } = props
  const { column, stats } = picked
  if (stats.rows === 0) return null
  const problems = joinKeyProblems(stats)
  const wrong = problems.some(({ severity }) => severity === 'error')
  const among = partial ? `the first ${stats.rows} rows` : `all ${stats.rows} rows`
  const reasons = proposal?.column === column ? proposal.reasons : []
  return (
    <Stack gap={8} role="status">
      {problems.length === 0 ? (
        <Notice intent="positive">
          <strong>{column.label}</strong> is filled and unique in {among}.
          {reasons.length > 0 && ` Suggested because ${reasons.join(', and ')}.`}
        </Notice>
      ) : (
        <Notice intent={wrong ? 'critical' : 'warn'}>
          <p>
            <strong>{column.label}</strong>, in {among}:
          </p>
          {problems.map(({ text }) => (
            <p key={text}>{text}</p>
          ))}
          {reasons.length > 0 && <p>Suggested all the same because {reasons.join(', and ')}.</p>}
        </Notice>
      )}
    </Stack>
  )
}
