import React from 'react'
import styled from 'styled-components'
import { COLORS } from './colors.ts'

export type NoticeIntent = 'inform' | 'positive' | 'warn' | 'critical'

const Box = styled.div<{ intent: NoticeIntent }>`
  background: ${({ intent }) => COLORS.tints[intent]};
  border-left: 4px solid ${({ intent }) => COLORS.edges[intent]};
  border-radius: 4px;
  color: ${({ theme }) => theme.colors.text};
  font-size: ${({ theme }) => theme.fontSizes.small};
  line-height: 1.5;
  overflow-wrap: anywhere;
  padding: 10px 16px;

  p {
    margin: 0;
  }
  p + p {
    margin-top: 4px;
  }
`

/** Looker's MessageBar is polite even when critical, and always a live region; this one is as it is told. */
export function Notice(props: {
  intent: NoticeIntent
  /** `alert` interrupts a screen reader, `status` waits, nothing says nothing. */
  role?: 'alert' | 'status'
  children: React.ReactNode
}) {
  return (
    <Box intent={props.intent} role={props.role}>
      {props.children}
    </Box>
  )
}
