import styled from 'styled-components'
import { COLORS } from './colors.ts'

/** Scrolls sideways by itself where the window is narrow, so that the page does not. */
export const TableFrame = styled.div`
  border: 1px solid ${({ theme }) => theme.colors.ui2};
  border-radius: 8px;
  max-width: 100%;
  overflow: auto;
  position: relative;

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.key};
  }
`

export const Table = styled.table`
  border-collapse: collapse;
  color: ${({ theme }) => theme.colors.text};
  font-size: ${({ theme }) => theme.fontSizes.small};
  line-height: 1.45;
  width: 100%;

  th,
  td {
    padding: 10px 16px;
    overflow-wrap: anywhere;
    text-align: left;
    vertical-align: top;
  }
  thead th {
    background: ${({ theme }) => theme.colors.ui1};
    color: ${COLORS.muted};
    font-size: ${({ theme }) => theme.fontSizes.xsmall};
    font-weight: ${({ theme }) => theme.fontWeights.semiBold};
    position: sticky;
    top: 0;
    overflow-wrap: normal;
    white-space: nowrap;
    z-index: 1;
  }
  td {
    min-width: 64px;
  }
  tbody th {
    min-width: 130px;
    font-weight: ${({ theme }) => theme.fontWeights.normal};
  }
  tbody tr + tr > * {
    border-top: 1px solid ${({ theme }) => theme.colors.ui2};
  }
`

/** A figure or a word that never breaks. */
export const Figure = styled.td`
  white-space: nowrap;
`
