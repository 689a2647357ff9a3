import React, { useMemo } from 'react'
import styled from 'styled-components'
import type { KeySuggestion } from '../../../../shared/advice/key/guess-mapping.ts'
import { spellingHints } from '../../../../shared/advice/key/key-spellings.ts'
import { formatCount } from '../../../../shared/text/text-list.ts'
import { Notice } from '../../../components/notice.tsx'
import { joinKeyProblems } from '../../../sample/join-key-problems.ts'
import { valuesOf } from '../../../sample/sample.ts'
import type { LookSample, SampledColumn } from '../../../sample/use-sample.ts'
import { useWizard } from '../../wizard-context.ts'

/** Takes the focus, and is scrolled to, from the footer. */
export const RISK_FIELD = 'key-risk'

/** Looker's field would cut what has to be read. */
const Tick = styled.label`
  align-items: flex-start;
  cursor: pointer;
  display: flex;
  font-weight: ${({ theme }) => theme.fontWeights.semiBold};
  gap: 10px;
  margin-top: 8px;

  input {
    accent-color: ${({ theme }) => theme.colors.key};
    flex: none;
    margin: 4px 0 0;
  }
`

type Props = { sample: LookSample; picked: SampledColumn; suggestion: KeySuggestion | null }

/** What the first rows say for and against the chosen key; where it is doubtful, it has to be understood. */
export function KeyNotice({ sample, picked, suggestion }: Props) {
  const { draft, update } = useWizard()
  const { column, stats } = picked
  const values = useMemo(() => valuesOf(sample.sample, column), [sample, column])
  const spellings = useMemo(() => spellingHints(values), [values])
  if (stats.rows === 0) return null
  const problems = joinKeyProblems(stats)
  const reasons = suggestion?.column === column ? suggestion.reasons : []
  const among = sample.sample.partial ? `the first ${stats.rows} rows` : `all ${stats.rows} rows`
  const because = reasons.length > 0 && ` Suggested because ${reasons.join(', and ')}.`
  const risk = draft.keyRisk
  if (problems.length === 0 && spellings.length === 0 && risk === null) {
    return (
      <Notice intent="positive" role="status">
        <strong>{column.label}</strong> is filled and unique in {among}.{because}
      </Notice>
    )
  }
  return (
    <Notice intent={risk === null ? 'warn' : 'critical'} role="status">
      <p>
        <strong>{column.label}</strong>, in {among}:{because}
      </p>
      {[...problems.map(({ text }) => text), ...spellings].map((text) => (
        <p key={text}>{text}</p>
      ))}
      {risk !== null && (
        <Tick>
          <input
            id={RISK_FIELD}
            type="checkbox"
            checked={risk.understood}
            onChange={(event) => update({ keyRisk: { ...risk, understood: event.currentTarget.checked } })}
          />
          <span>
            I understand that {risk.text}. So these rows make {formatCount(stats.distinct)} of the{' '}
            {draft.propertyType}s in Heap.
          </span>
        </Tick>
      )}
    </Notice>
  )
}
