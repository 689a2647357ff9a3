import React from 'react'
import styled from 'styled-components'
import { COLORS } from './colors.ts'

export type ChoiceOption<T extends string> = { value: T; label: string; description?: string }

const Group = styled.fieldset`
  border: 0;
  margin: 0;
  min-width: 0;
  padding: 0;

  legend {
    color: ${({ theme }) => theme.colors.text};
    font-size: ${({ theme }) => theme.fontSizes.small};
    font-weight: ${({ theme }) => theme.fontWeights.semiBold};
    margin-bottom: 8px;
    padding: 0;
  }
`

const Options = styled.div`
  display: grid;
  gap: 8px;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 180px), 1fr));
`

const Option = styled.label<{ $checked: boolean }>`
  align-items: flex-start;
  background: ${({ $checked, theme }) => ($checked ? COLORS.tints.inform : theme.colors.background)};
  border: 1px solid ${({ $checked, theme }) => ($checked ? theme.colors.key : theme.colors.ui3)};
  border-radius: 6px;
  color: ${({ theme }) => theme.colors.text};
  cursor: pointer;
  display: flex;
  font-size: ${({ theme }) => theme.fontSizes.small};
  gap: 10px;
  line-height: 1.4;
  padding: 10px 14px;

  &:focus-within {
    box-shadow: 0 0 0 2px ${({ theme }) => theme.colors.key};
  }
  input {
    accent-color: ${({ theme }) => theme.colors.key};
    margin: 2px 0 0;
  }
  small {
    color: ${COLORS.muted};
    display: block;
    font-size: ${({ theme }) => theme.fontSizes.xsmall};
  }
`

const ErrorLine = styled.p`
  color: ${COLORS.texts.critical};
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  margin: 8px 0 0;
`

/** One of a few, each with a line that explains it. Arrow keys move, as in every group of radio buttons. */
export function Choice<T extends string>(props: {
  legend: string
  name: string
  /** Null: nothing is chosen yet. */
  value: T | null
  options: ChoiceOption<T>[]
  /** What to change about the choice. */
  error?: string | undefined
  onChange: (value: T) => void
}) {
  const errorId = `${props.name}-error`
  return (
    <Group aria-describedby={props.error === undefined ? undefined : errorId}>
      <legend>{props.legend}</legend>
      <Options>
        {props.options.map(({ value, label, description }) => (
          <Option key={value} $checked={value === props.value}>
            <input
              type="radio"
              name={props.name}
              value={value}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
            />
            <span>
              {label}
              {description && <small>{description}</small>}
            </span>
          </Option>
        ))}
      </Options>
      {props.error !== undefined && <ErrorLine id={errorId}>{props.error}</ErrorLine>}
    </Group>
  )
}
