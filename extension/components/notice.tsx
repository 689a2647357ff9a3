import React from 'react'
import styled from 'styled-components'

export type NoticeIntent = 'inform' | 'positive' | 'warn' | 'critical'

const COLORS: Record<NoticeIntent, [background: string, edge: string]> = {
  inform: ['#eef4fe', '#1a73e8'],
  positive: ['#e9f7ee', '#1e8e4a'],
  warn: ['#fff6e0', '#c27c00'],
  critical: ['#fdeeee', '#cc1f36'],
}

const Box = styled.div<{ intent: NoticeIntent }>`
  background: ${({ intent }) => COLORS[intent][0]};
  border-left: 4px solid ${({ intent }) => COLORS[intent][1]};
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
