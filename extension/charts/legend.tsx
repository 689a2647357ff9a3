import React from 'react'
import styled from 'styled-components'
import { COLORS } from '../components/colors.ts'
import type { Part } from './parts.ts'
import { PART_COLORS, PART_WORDS } from './parts.ts'

const List = styled.ul`
  color: ${COLORS.muted};
  display: flex;
  flex-wrap: wrap;
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  gap: 4px 16px;
  list-style: none;
  margin: 0;
  padding: 0;

  li {
    align-items: center;
    display: flex;
    gap: 6px;
  }
`

export const Swatch = styled.span<{ color: string }>`
  background: ${({ color }) => color};
  border-radius: 2px;
  display: inline-block;
  flex: none;
  height: 10px;
  width: 10px;
`

/** What the colors of a chart stand for; the table beside it says the same in words. */
export function Legend({ parts }: { parts: readonly Part[] }) {
  return (
    <List aria-hidden="true">
      {parts.map((part) => (
        <li key={part}>
          <Swatch color={PART_COLORS[part]} />
          {PART_WORDS[part]}
        </li>
      ))}
    </List>
  )
}
