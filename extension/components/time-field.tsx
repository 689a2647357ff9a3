import React from 'react'
import styled from 'styled-components'
import { COLORS } from './colors.ts'

const Label = styled.label`
  color: ${COLORS.muted};
  align-self: flex-start;
  display: inline-flex;
  flex-direction: column;
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  font-weight: ${({ theme }) => theme.fontWeights.medium};
  gap: 4px;

  input {
    border: 1px solid ${({ theme }) => theme.colors.ui4};
    border-radius: 4px;
    box-sizing: border-box;
    color: ${({ theme }) => theme.colors.text};
    font: inherit;
    font-size: ${({ theme }) => theme.fontSizes.small};
    height: 36px;
    padding: 0 10px;
    width: 140px;
  }
  input:focus-visible {
    border-color: ${({ theme }) => theme.colors.key};
    outline: 2px solid ${({ theme }) => theme.colors.key};
    outline-offset: -1px;
  }
`

/** A time of day, `HH:MM`; the field of @looker/components has no such type. */
export function TimeField(props: { time: string; onChange: (time: string) => void }) {
  return (
    <Label>
      At
      <input type="time" value={props.time} onChange={(event) => props.onChange(event.currentTarget.value)} />
    </Label>
  )
}
