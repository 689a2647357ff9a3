import type { Line, Target } from './line.ts'
import { meetsTarget } from './line.ts'

export const HEADER = [
  'what',
  'target',
  'met',
  'median',
  'ratio',
  'rows/s',
  'CPU s',
  'MB above idle',
  '',
] as const

/** The columns that are text and stand to the left. */
export const TEXT_COLUMNS: readonly number[] = [0, 1, 2, HEADER.length - 1]

/** The texts of a line, by the columns of the header. */
export function toCells(line: Line): string[] {
  const met = meetsTarget(line)
  return [
    line.what,
    describeTarget(line),
    met === null ? '' : met ? 'yes' : 'no',
    line.isBroken && line.value === null
      ? 'failed'
      : line.value === null
        ? ''
        : `${plain(line.value.amount)} ${line.value.unit}`,
    line.ratio === null ? '' : `${line.ratio.toFixed(2)} ×`,
    line.rowsPerSecond === null ? '' : whole(line.rowsPerSecond),
    line.cpuSeconds === null ? '' : line.cpuSeconds.toFixed(2),
    line.aboveIdleBytes === null ? '' : whole(line.aboveIdleBytes / 1e6),
    line.note,
  ]
}

function describeTarget({ target, value }: Line): string {
  if (!target) return ''
  return `${target.is === 'at least' ? '≥' : '≤'} ${target.amount} ${unitOf(target, value?.unit ?? '')}`.trim()
}

function unitOf({ of }: Target, unit: string): string {
  if (of === 'ratio') return '×'
  return of === 'memory' ? 'MB' : unit
}

/** Three digits that count, or all those before the point. */
function plain(amount: number): string {
  if (Math.abs(amount) >= 100) return whole(amount)
  return amount.toFixed(Math.abs(amount) >= 10 ? 1 : 2)
}

function whole(amount: number): string {
  return Math.round(amount).toLocaleString('en-US')
}
