import React from 'react'
import styled from 'styled-components'
import { WEEKDAYS } from '../../../sync/schedule.ts'

const Group = styled.fieldset`
  border: 0;
  color: ${({ theme }) => theme.colors.text};
  margin: 0;
  padding: 0;

  legend {
    font-size: ${({ theme }) => theme.fontSizes.small};
    font-weight: ${({ theme }) => theme.fontWeights.semiBold};
    margin-bottom: 8px;
    padding: 0;
  }
  label {
    align-items: center;
    display: inline-flex;
    font-size: ${({ theme }) => theme.fontSizes.small};
    gap: 6px;
    margin: 0 16px 8px 0;
  }
  input {
    accent-color: ${({ theme }) => theme.colors.key};
    margin: 0;
  }
`

/** Monday first; the numbers are those of a crontab. */
const ORDER = [1, 2, 3, 4, 5, 6, 0]

export function DaysField(props: { days: number[]; onChange: (days: number[]) => void }) {
  const toggle = (day: number) =>
    props.onChange(
      props.days.includes(day) ? props.days.filter((other) => other !== day) : [...props.days, day].sort(),
    )
  return (
    <Group>
      <legend>Days of the week</legend>
      {ORDER.map((day) => (
        <label key={day}>
          <input type="checkbox" checked={props.days.includes(day)} onChange={() => toggle(day)} />
          {WEEKDAYS[day]}
        </label>
      ))}
    </Group>
  )
}
