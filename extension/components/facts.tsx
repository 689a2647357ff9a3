import React from 'react'
import styled from 'styled-components'
import { COLORS } from './colors.ts'

const List = styled.dl`
  display: grid;
  font-size: ${({ theme }) => theme.fontSizes.small};
  gap: 10px 24px;
  grid-template-columns: minmax(120px, 200px) 1fr;
  line-height: 1.5;
  margin: 0;

  dt {
    color: ${COLORS.muted};
  }
  dd {
    color: ${({ theme }) => theme.colors.text};
    margin: 0;
    overflow-wrap: anywhere;
  }
`

/** Names and what they stand for, in the order given. */
export function Facts(props: { facts: [name: string, value: React.ReactNode][] }) {
  return (
    <List>
      {props.facts.map(([name, value]) => (
        <React.Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </React.Fragment>
      ))}
    </List>
  )
}
