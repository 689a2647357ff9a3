import React from 'react'
import styled from 'styled-components'
import { formatCount } from '../../shared/text/text-list.ts'
import { COLORS } from '../components/colors.ts'
import { bandPath, flowBands } from './flow-bands.ts'
import { Swatch } from './legend.tsx'

/** Some of the rows: how many, and what became of them. */
export type FlowPart = { key: string; count: number; words: string; color: string; more?: React.ReactNode }

const WIDTH = 200
const SIZES = { bar: 170, row: 46, thinnest: 2 }

const Frame = styled.figure`
  align-items: start;
  display: grid;
  grid-template-columns: minmax(90px, auto) minmax(60px, 1fr) minmax(200px, 1.4fr);
  margin: 0;

  svg {
    display: block;
    width: 100%;
  }
  ul {
    list-style: none;
    margin: 0;
    padding: 0 0 0 12px;
  }
  li {
    align-items: center;
    color: ${({ theme }) => theme.colors.text};
    display: flex;
    font-size: ${({ theme }) => theme.fontSizes.small};
    gap: 10px;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  small {
    color: ${COLORS.muted};
    display: block;
    font-size: ${({ theme }) => theme.fontSizes.xsmall};
  }
`

const Count = styled.strong`
  color: ${({ theme }) => theme.colors.text};
  font-size: ${({ theme }) => theme.fontSizes.medium};
  font-variant-numeric: tabular-nums;
  font-weight: ${({ theme }) => theme.fontWeights.semiBold};
`

const Received = styled.div`
  align-self: center;
  color: ${COLORS.muted};
  font-size: ${({ theme }) => theme.fontSizes.small};
  padding-right: 12px;
  text-align: right;

  strong {
    display: block;
    font-size: ${({ theme }) => theme.fontSizes.xlarge};
  }
`

/** The way of the rows: all that came in at the left, what became of them at the right, as thick as they are many. */
export function RowFlow({ received, parts }: { received: number; parts: readonly FlowPart[] }) {
  const { bands, height } = flowBands(
    parts.map(({ count }) => count),
    SIZES,
  )
  return (
    <Frame aria-label="The way of the rows">
      <Received>
        <Count>{formatCount(received)}</Count> received
      </Received>
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        style={{ height }}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {bands.map((band, index) => {
          const { key = '', color = '' } = parts[index] ?? {}
          if (band.toHeight === 0) return null
          return (
            <g key={key} fill={color}>
              <path d={bandPath(band, WIDTH)} fillOpacity={0.28} />
              <rect x={0} y={band.fromY} width={4} height={band.fromHeight} />
              <rect x={WIDTH - 4} y={band.toY} width={4} height={band.toHeight} />
            </g>
          )
        })}
      </svg>
      <ul>
        {parts.map(({ key, count, words, color, more }, index) => (
          <li key={key} style={{ height: bands[index]?.rowHeight }}>
            <Swatch color={count === 0 ? '#d5dae0' : color} aria-hidden="true" />
            <span>
              <Count>{formatCount(count)}</Count> {words}
              {more && <small>{more}</small>}
            </span>
          </li>
        ))}
      </ul>
    </Frame>
  )
}
