import { ButtonOutline, ButtonTransparent, Spinner } from '@looker/components'
import React from 'react'
import styled from 'styled-components'
import { Muted } from '../../../components/text.tsx'
import { checkWords, comparisonWords } from './check-words.ts'
import { useCheckedImport } from './use-checked-import.ts'
import type { useRowCheck } from './use-row-check.ts'

const Line = styled.div`
  align-items: center;
  color: ${({ theme }) => theme.colors.text};
  display: flex;
  flex: 1;
  flex-wrap: wrap;
  font-size: ${({ theme }) => theme.fontSizes.small};
  gap: 4px 8px;
  justify-content: flex-end;
`

type Props = {
  check: ReturnType<typeof useRowCheck>
  /** The join key is doubtful, which nobody has said to understand yet. */
  isDoubtful: boolean
  onDoubt: () => void
  onWhy: () => void
}

/** The check of every row in the footer: it does not keep anybody from going on. */
export function CheckStatus({ check, isDoubtful, onDoubt, onWhy }: Props) {
  const { isReady, isDue, isCheap, current, start, isStarting, error } = check
  const { data, error: failure } = useCheckedImport(current)
  if (isDoubtful) return <Told text="The join key is doubtful" why="see why" onWhy={onDoubt} />
  if (current === null) {
    if (isStarting) return <Line role="status">Checking every row</Line>
    if (isDue) return <Line />
    if (error) return <Told text="The rows could not be checked" why="see why" onWhy={onWhy} />
    if (!isReady) return <Line />
    return (
      <Line>
        <Muted>{isCheap ? '' : 'Runs the whole query in the warehouse; sends nothing.'}</Muted>
        <ButtonOutline type="button" size="small" onClick={start}>
          Check every row
        </ButtonOutline>
      </Line>
    )
  }
  if (failure && !data) return <Told text="The check cannot be followed" why="see why" onWhy={onWhy} />
  const { text, why } = checkWords(data)
  return (
    <Told
      text={[text, comparisonWords(data)].filter(Boolean).join(' \u00b7 ')}
      why={why}
      busy={data?.state !== 'finished'}
      onWhy={onWhy}
    />
  )
}

function Told(props: { text: string; why: string | null; busy?: boolean; onWhy: () => void }) {
  return (
    <Line>
      {props.busy && <Spinner size={16} aria-hidden="true" />}
      <span role="status">
        {props.text}
        {props.why !== null && ' \u00b7 '}
      </span>
      {props.why !== null && (
        <ButtonTransparent type="button" size="small" onClick={props.onWhy}>
          {props.why}
        </ButtonTransparent>
      )}
    </Line>
  )
}
