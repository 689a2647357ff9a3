import React from 'react'
import styled from 'styled-components'
import { formatCount } from '../../shared/text/text-list.ts'
import type { Part } from './parts.ts'
import { PART_COLORS, PART_WORDS, PARTS } from './parts.ts'

const Bar = styled.div`
  background: #e3e7ec;
  border-radius: 4px;
  display: flex;
  gap: 1px;
  height: 10px;
  overflow: hidden;
`

/** How far the rows of an import have come, as one bar. What is under way stays empty. */
export function ShareBar({ parts, total }: { parts: Record<Part, number>; total: number }) {
  const done = PARTS.filter((part) => part !== 'pending' && parts[part] > 0)
  const words = done.map((part) => `${formatCount(parts[part])} ${PART_WORDS[part]}`)
  const settled = done.reduce((sum, part) => sum + parts[part], 0)
  return (
    <Bar
      role="progressbar"
      aria-label="Rows that have come to an end"
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={settled}
      aria-valuetext={`${formatCount(settled)} of ${formatCount(total)}${words.length > 0 ? `: ${words.join(', ')}` : ''}`}
    >
      {done.map((part) => (
        <div
          key={part}
          style={{ background: PART_COLORS[part], flex: `0 0 ${(parts[part] / total) * 100}%`, minWidth: 2 }}
        />
      ))}
    </Bar>
  )
}
