import React, { useRef, useState } from 'react'
import { Link } from 'react-router-dom'
import styled from 'styled-components'
import type { ImportSummary } from '../../shared/api/import-summary.ts'
import { formatCount } from '../../shared/text/text-list.ts'
import { COLORS } from '../components/colors.ts'
import { outcomeOf, runInWords } from '../words/run-outcome.ts'
import { Legend } from './legend.tsx'
import { niceScale } from './nice-scale.ts'
import { PARTS, partsOf } from './parts.ts'
import { RunBar } from './run-bar.tsx'

/** The plot is drawn in these units and scaled to the width there is. */
const PLOT = { width: 1000, height: 150 }

const Figure = styled.figure`
  margin: 0;

  svg {
    display: block;
    overflow: visible;
    width: 100%;
  }
  a {
    outline: none;
  }
  a:hover .back,
  a:focus-visible .back {
    fill: ${COLORS.tints.neutral};
  }
  a:focus-visible .back {
    stroke: ${({ theme }) => theme.colors.key};
    stroke-width: 2px;
    vector-effect: non-scaling-stroke;
  }
`

const Body = styled.div`
  display: grid;
  gap: 0 8px;
  grid-template-columns: auto 1fr;
`

const Axis = styled.div`
  color: ${COLORS.muted};
  display: flex;
  flex-direction: column-reverse;
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  font-variant-numeric: tabular-nums;
  height: ${PLOT.height}px;
  justify-content: space-between;
  line-height: 0;
  text-align: right;
`

const Ends = styled.div`
  color: ${COLORS.muted};
  display: flex;
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  grid-column: 2;
  justify-content: space-between;
  padding-top: 6px;
`

const Told = styled.p`
  color: ${({ theme }) => theme.colors.text};
  font-size: ${({ theme }) => theme.fontSizes.small};
  margin: 0 0 10px;
  min-height: 20px;
`

type Props = {
  /** Newest first. */
  runs: readonly ImportSummary[]
  pathOf: (run: ImportSummary) => string
  /** When a run began, for people. */
  timeOf: (run: ImportSummary) => string
  /** Id of the table that says the same. */
  describedBy: string
}

/** Each run a bar that opens it, the newest at the right. One stop of the Tab key; the arrow keys go from bar to bar. */
export function RunsChart({ runs, pathOf, timeOf, describedBy }: Props) {
  const ordered = [...runs].reverse()
  const [chosen, setChosen] = useState<number | null>(null)
  const [shown, setShown] = useState<number | null>(null)
  const plot = useRef<SVGSVGElement>(null)
  const ticks = niceScale(Math.max(...ordered.map(({ counts }) => counts.received)))
  const scale = ticks.at(-1) ?? 1
  const step = PLOT.width / Math.max(ordered.length, 12)
  const current = chosen ?? ordered.at(-1)?.id ?? null
  const told = ordered.find(({ id }) => id === (shown ?? current))

  function move(event: React.KeyboardEvent) {
    const from = ordered.findIndex(({ id }) => id === current)
    const last = ordered.length - 1
    const targets: Record<string, number> = {
      ArrowLeft: Math.max(0, from - 1),
      ArrowRight: Math.min(last, from + 1),
      Home: 0,
      End: last,
    }
    const to = ordered[targets[event.key] ?? -1]
    if (!to) return
    event.preventDefault()
    setChosen(to.id)
    plot.current?.querySelector<SVGAElement>(`[data-run="${to.id}"]`)?.focus()
  }

  return (
    <Figure role="group" aria-label="Rows of each run over time" aria-describedby={describedBy}>
      <Told>
        {told &&
          `${timeOf(told)}: ${runInWords(told)}${told.counts.received > told.counts.delivered ? `, of ${formatCount(told.counts.received)} received` : ''}`}
      </Told>
      <Body onMouseLeave={() => setShown(null)}>
        <Axis aria-hidden="true">
          {ticks.map((tick) => (
            <span key={tick}>{formatCount(tick)}</span>
          ))}
        </Axis>
        <svg
          ref={plot}
          viewBox={`0 0 ${PLOT.width} ${PLOT.height}`}
          height={PLOT.height}
          preserveAspectRatio="none"
          onKeyDown={move}
        >
          <title>Runs, the oldest first</title>
          {ticks.map((tick) => (
            <line
              key={tick}
              x1={0}
              x2={PLOT.width}
              y1={PLOT.height * (1 - tick / scale)}
              y2={PLOT.height * (1 - tick / scale)}
              stroke={tick === 0 ? '#8b95a1' : '#dfe3e8'}
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {ordered.map((run, index) => (
            <Link
              key={run.id}
              to={pathOf(run)}
              data-run={run.id}
              tabIndex={run.id === current ? 0 : -1}
              aria-label={`${timeOf(run)}: ${runInWords(run)}`}
              onFocus={() => {
                setChosen(run.id)
                setShown(run.id)
              }}
              onMouseEnter={() => setShown(run.id)}
            >
              <rect
                className="back"
                x={index * step}
                y={0}
                width={step}
                height={PLOT.height}
                fill="transparent"
              />
              <RunBar
                parts={partsOf(run)}
                outcome={outcomeOf(run)}
                scale={scale}
                x={index * step + step * 0.15}
                width={step * 0.7}
                height={PLOT.height}
              />
            </Link>
          ))}
        </svg>
        <Ends aria-hidden="true">
          <span>{ordered[0] && timeOf(ordered[0])}</span>
          <Legend parts={PARTS.filter((part) => ordered.some((run) => partsOf(run)[part] > 0))} />
        </Ends>
      </Body>
    </Figure>
  )
}
