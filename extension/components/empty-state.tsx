import React from 'react'
import styled from 'styled-components'
import { COLORS } from './colors.ts'

const Box = styled.div`
  align-items: center;
  border: 1px dashed ${({ theme }) => theme.colors.ui3};
  border-radius: 8px;
  color: ${COLORS.muted};
  display: flex;
  flex-direction: column;
  gap: 16px;
  line-height: 1.5;
  padding: 56px 24px;
  text-align: center;

  h2 {
    color: ${({ theme }) => theme.colors.text};
    font-size: ${({ theme }) => theme.fontSizes.large};
    font-weight: ${({ theme }) => theme.fontWeights.semiBold};
    margin: 0;
  }
  p {
    margin: 0;
    max-width: 56ch;
  }
`

/** Where a list would be: why it is empty and what comes next. */
export function EmptyState(props: { title: string; children: React.ReactNode; action?: React.ReactNode }) {
  return (
    <Box>
      <h2>{props.title}</h2>
      <p>{props.children}</p>
      {props.action}
    </Box>
  )
}
