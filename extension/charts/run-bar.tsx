import React from 'react'
import type { Outcome } from '../words/run-outcome.ts'
import type { Part } from './parts.ts'
import { PART_COLORS } from './parts.ts'
import { stackBar } from './stack-bar.ts'

type Props = {
  parts: Record<Part, number>
  outcome: Outcome
  scale: number
  x: number
  width: number
  height: number
}

/** One run: its rows stacked. A failed one has a red foot below the line, so that one without rows is seen as well. */
export function RunBar({ parts, outcome, scale, x, width, height }: Props) {
  return (
    <>
      {stackBar(parts, scale, height).map(({ part, y, height: tall }) => (
        <rect
          key={part}
          x={x}
          y={y}
          width={width}
          height={Math.max(1, tall - 0.5)}
          fill={PART_COLORS[part]}
        />
      ))}
      {outcome === 'failed' && (
        <rect x={x} y={height + 2} width={width} height={4} fill={PART_COLORS.rejected} />
      )}
    </>
  )
}
