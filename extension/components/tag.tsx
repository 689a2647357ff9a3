import styled from 'styled-components'
import { COLORS } from './colors.ts'

export type TagIntent = 'neutral' | 'key' | 'positive' | 'warn' | 'critical'

/** A word that says the state or kind of the thing beside it. */
export const Tag = styled.span<{ intent?: TagIntent }>`
  background: ${({ intent = 'neutral' }) => COLORS.tints[intent === 'key' ? 'inform' : intent]};
  border-radius: 4px;
  color: ${({ intent = 'neutral' }) => COLORS.texts[intent]};
  display: inline-block;
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  font-weight: ${({ theme }) => theme.fontWeights.medium};
  line-height: 20px;
  padding: 0 8px;
  white-space: nowrap;
`
