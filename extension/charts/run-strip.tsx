import React from 'react'
import type { ImportSummary } from '../../shared/api/import-summary.ts'
import { countOf } from '../../shared/text/text-list.ts'
import type { Outcome } from '../words/run-outcome.ts'
import { outcomeOf } from '../words/run-outcome.ts'
import { PART_COLORS } from './parts.ts'

const PLACES = 10
const STEP = 8
const WIDTH = 6
const HEIGHT = 22

/** Height and color: what failed is short and red, what arrived stands tall, so that both are seen without color. */
const LOOKS: Record<Outcome, { height: number; color: string }> = {
  well: { height: HEIGHT, color: PART_COLORS.delivered },
  partly: { height: HEIGHT, color: PART_COLORS.delivered },
  failed: { height: 9, color: PART_COLORS.rejected },
  running: { height: 14, color: PART_COLORS.pending },
  held: { height: 14, color: '#c27c00' },
}

const WORDS: Record<Outcome, string> = {
  well: 'well',
  partly: 'with rejected rows',
  failed: 'failed',
  running: 'running',
  held: 'held',
}

/** The last ten runs as a small bar each, the newest at the right. @param runs newest first */
export function RunStrip({ runs }: { runs: readonly ImportSummary[] }) {
  const outcomes = runs.slice(0, PLACES).map(outcomeOf).reverse()
  return (
    <svg
      role="img"
      aria-label={stripInWords(outcomes)}
      width={PLACES * STEP - 2}
      height={HEIGHT}
      style={{ display: 'block' }}
    >
      {Array.from({ length: PLACES }, (_, place) => {
        const outcome = outcomes[place - (PLACES - outcomes.length)]
        const x = place * STEP
        if (!outcome)
          return <rect key={x} x={x} y={HEIGHT - 2} width={WIDTH} height={2} rx={1} fill="#c5cbd3" />
        const { height, color } = LOOKS[outcome]
        return (
          <g key={x}>
            <rect x={x} y={HEIGHT - height} width={WIDTH} height={height} rx={1} fill={color} />
            {outcome === 'partly' && (
              <rect
                x={x}
                y={0}
                width={WIDTH}
                height={6}
                rx={1}
                fill={PART_COLORS.rejected}
                stroke="#fff"
                strokeWidth={1}
              />
            )}
          </g>
        )
      })}
    </svg>
  )
}

/** `Last 3 runs: 2 well, 1 failed`. @param outcomes oldest first */
export function stripInWords(outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return 'No runs yet'
  const kinds = [...new Set(outcomes)].map(
    (kind) => `${outcomes.filter((one) => one === kind).length} ${WORDS[kind]}`,
  )
  return `Last ${countOf(outcomes.length, 'run')}, the newest ${WORDS[outcomes.at(-1) ?? 'well']}: ${kinds.join(', ')}`
}
