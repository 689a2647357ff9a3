import React from 'react'
import styled from 'styled-components'

const Box = styled.pre`
  background: ${({ theme }) => theme.colors.ui1};
  border-radius: 4px;
  color: ${({ theme }) => theme.colors.text};
  font-family: ${({ theme }) => theme.fonts.code};
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  line-height: 1.5;
  margin: 0;
  max-height: 360px;
  overflow: auto;
  overflow-wrap: anywhere;
  padding: 12px 16px;
  white-space: pre-wrap;

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.key};
  }
`

/** Text of a machine. It takes the focus, so that a keyboard scrolls what is long. */
export function Code(props: { label: string; children: string }) {
  return (
    <Box role="region" aria-label={props.label} tabIndex={0}>
      {props.children}
    </Box>
  )
}
