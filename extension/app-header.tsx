import { Button } from '@looker/components'
import React from 'react'
import { NavLink, useHistory, useLocation } from 'react-router-dom'
import styled from 'styled-components'
import { COLORS } from './components/colors.ts'
import { PATHS, stepPath } from './routes.ts'

const Header = styled.header`
  align-items: center;
  background: ${({ theme }) => theme.colors.background};
  border-bottom: 1px solid ${({ theme }) => theme.colors.ui2};
  display: flex;
  flex-wrap: wrap;
  gap: 8px 32px;
  padding: 12px 32px;

  strong {
    color: ${({ theme }) => theme.colors.text};
    font-size: ${({ theme }) => theme.fontSizes.medium};
    font-weight: ${({ theme }) => theme.fontWeights.semiBold};
  }
  nav {
    display: flex;
    flex: 1;
    gap: 24px;
  }
`

const Item = styled(NavLink)`
  border-bottom: 2px solid transparent;
  color: ${COLORS.muted};
  font-size: ${({ theme }) => theme.fontSizes.small};
  padding: 6px 0;
  text-decoration: none;

  &:hover {
    color: ${({ theme }) => theme.colors.text};
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.key};
    outline-offset: 4px;
  }
  &.active {
    border-color: ${({ theme }) => theme.colors.key};
    color: ${({ theme }) => theme.colors.text};
  }
`

export function AppHeader() {
  const history = useHistory()
  const { pathname } = useLocation()
  const inWizard = /^\/new\/|\/edit\//.test(pathname)
  return (
    <Header>
      <strong>Heap Data Import</strong>
      <nav aria-label="Main">
        <Item to={PATHS.syncs} isActive={(match) => match !== null || pathname === PATHS.home}>
          Syncs
        </Item>
        <Item to={PATHS.setup}>Setup</Item>
      </nav>
      {!inWizard && (
        <Button size="small" onClick={() => history.push(stepPath(null, 'look'))}>
          New sync
        </Button>
      )}
    </Header>
  )
}
