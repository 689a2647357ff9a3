import React from 'react'
import styled from 'styled-components'

export type Scope = 'mine' | 'all'

const Group = styled.fieldset`
  border: 0;
  display: flex;
  gap: 16px;
  margin: 0;
  padding: 0 0 8px;

  label {
    align-items: center;
    color: ${({ theme }) => theme.colors.text};
    display: inline-flex;
    font-size: ${({ theme }) => theme.fontSizes.small};
    gap: 6px;
  }
  input {
    accent-color: ${({ theme }) => theme.colors.key};
    margin: 0;
  }
`

const SCOPES = [
  ['mine', 'Mine'],
  ['all', 'All'],
] as const

/** @param props.value null while it is not known whether the analyst has Looks */
export function ScopeField(props: { value: Scope | null; onChange: (scope: Scope) => void }) {
  return (
    <Group aria-label="Whose Looks">
      {SCOPES.map(([scope, label]) => (
        <label key={scope}>
          <input
            type="radio"
            name="scope"
            checked={scope === props.value}
            onChange={() => props.onChange(scope)}
          />
          {label}
        </label>
      ))}
    </Group>
  )
}
