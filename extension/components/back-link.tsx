import React from 'react'
import { Link } from 'react-router-dom'
import styled from 'styled-components'

const Line = styled.p`
  font-size: ${({ theme }) => theme.fontSizes.small};
  margin: 0 0 8px;
  overflow-wrap: anywhere;

  a {
    color: ${({ theme }) => theme.colors.link};
    text-decoration: none;
  }
  a:hover {
    text-decoration: underline;
  }
`

/** To the page that this one belongs to. */
export function BackLink({ to, children }: { to: string; children: string }) {
  return (
    <Line>
      <Link to={to}>
        <span aria-hidden="true">{'\u2190'} </span>
        {children}
      </Link>
    </Line>
  )
}
