import styled from 'styled-components'

export type TagIntent = 'neutral' | 'key' | 'positive' | 'warn' | 'critical'

const COLORS: Record<TagIntent, [background: string, text: string]> = {
  neutral: ['#eceff3', '#40474f'],
  key: ['#e4edfd', '#1a4fa3'],
  positive: ['#dff3e6', '#14602f'],
  warn: ['#fdf0d2', '#6b4700'],
  critical: ['#fbe3e4', '#97151d'],
}

/** A word that says the state or kind of the thing beside it. Every pair has a contrast above 4.5. */
export const Tag = styled.span<{ intent?: TagIntent }>`
  background: ${({ intent = 'neutral' }) => COLORS[intent][0]};
  border-radius: 4px;
  color: ${({ intent = 'neutral' }) => COLORS[intent][1]};
  display: inline-block;
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  font-weight: ${({ theme }) => theme.fontWeights.medium};
  line-height: 20px;
  padding: 0 8px;
  white-space: nowrap;
`
