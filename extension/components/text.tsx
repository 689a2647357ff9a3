import styled from 'styled-components'
import { COLORS } from './colors.ts'

/** Small type for what explains or qualifies. */
export const Muted = styled.span`
  color: ${COLORS.muted};
  font-size: ${({ theme }) => theme.fontSizes.small};
  line-height: 1.45;
`

export const Lead = styled.p`
  color: ${COLORS.muted};
  font-size: ${({ theme }) => theme.fontSizes.medium};
  line-height: 1.5;
  margin: 0 0 24px;
  max-width: 72ch;
`

export const SectionHeading = styled.h2`
  color: ${({ theme }) => theme.colors.text};
  font-size: ${({ theme }) => theme.fontSizes.large};
  font-weight: ${({ theme }) => theme.fontWeights.semiBold};
  line-height: 1.4;
  margin: 0 0 12px;
`

/** Column names and crontabs, as Looker writes them. */
export const Mono = styled.code`
  color: ${COLORS.muted};
  font-family: ${({ theme }) => theme.fonts.code};
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  overflow-wrap: anywhere;
`
