import styled from 'styled-components'

/** A part of a page. */
export const Panel = styled.section`
  background: ${({ theme }) => theme.colors.background};
  border: 1px solid ${({ theme }) => theme.colors.ui2};
  border-radius: 8px;
  box-sizing: border-box;
  padding: 24px;
`

/** Things beside each other that move below each other where there is no room. */
export const Row = styled.div<{ gap?: number }>`
  align-items: center;
  display: flex;
  flex-wrap: wrap;
  gap: ${({ gap = 12 }) => `${gap}px`};
`

export const Stack = styled.div<{ gap?: number }>`
  display: flex;
  flex-direction: column;
  gap: ${({ gap = 16 }) => `${gap}px`};
`
