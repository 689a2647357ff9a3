import { Link } from 'react-router-dom'
import styled from 'styled-components'

/** The name of a thing in a table, which opens it. */
export const Name = styled(Link)`
  color: ${({ theme }) => theme.colors.link};
  font-weight: ${({ theme }) => theme.fontWeights.medium};
  text-decoration: none;

  &:hover {
    text-decoration: underline;
  }
`
