import { ButtonTransparent } from '@looker/components'
import React, { useRef } from 'react'
import styled from 'styled-components'
import { quoteList } from '../../../../shared/text/text-list.ts'
import { COLORS } from '../../../components/colors.ts'
import type { PropertyRow } from './property-rows.ts'

const Input = styled.input`
  border: 1px solid ${({ theme }) => theme.colors.ui4};
  border-radius: 4px;
  box-sizing: border-box;
  color: ${({ theme }) => theme.colors.text};
  font: inherit;
  padding: 6px 10px;
  width: 100%;

  &:focus-visible {
    border-color: ${({ theme }) => theme.colors.key};
    outline: 2px solid ${({ theme }) => theme.colors.key};
    outline-offset: -1px;
  }
  &[aria-invalid='true'] {
    border-color: ${({ theme }) => theme.colors.critical};
  }
`

const Problem = styled.div`
  color: ${COLORS.texts.critical};
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  line-height: 1.45;
  margin-top: 4px;
`

const Note = styled.div<{ $strong?: boolean }>`
  color: ${({ $strong }) => ($strong ? COLORS.texts.warn : COLORS.muted)};
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  line-height: 1.45;
  margin-top: 4px;
`

/** The property's name, to be changed, with everything there is to say about it. */
export function PropertyName(props: {
  row: PropertyRow
  pivotedBy: string[]
  onRename: (property: string) => void
}) {
  const { row, pivotedBy, onRename } = props
  const input = useRef<HTMLInputElement>(null)
  const id = `property-${row.name}`
  const pivoted = row.columns.some(({ pivot }) => pivot)
  return (
    <>
      <Input
        ref={input}
        type="text"
        aria-label={`Property in Heap for ${row.label}`}
        aria-invalid={row.problems.length > 0}
        aria-describedby={id}
        value={row.property}
        onChange={(event) => onRename(event.currentTarget.value)}
      />
      <div id={id}>
        {row.problems.map((problem) => (
          <Problem key={problem}>{problem}</Problem>
        ))}
        {row.hints.map(({ level, text }) => (
          <Note key={text} $strong={level === 'attention'}>
            {text}
          </Note>
        ))}
        {pivoted && (
          <Note>
            Pivoted{pivotedBy.length > 0 ? ` by ${pivotedBy.join(', ')}` : ''}: one property per value,{' '}
            {quoteList(row.properties, 3)}. New values become new properties.
          </Note>
        )}
      </div>
      {row.suggestion !== null && (
        <ButtonTransparent
          type="button"
          size="xsmall"
          onClick={() => {
            onRename(row.suggestion ?? row.label)
            input.current?.focus()
          }}
        >
          {`Name it ${row.suggestion}`}
        </ButtonTransparent>
      )}
    </>
  )
}
