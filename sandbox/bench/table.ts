import type { Measurement } from './measurement.ts'

const HEADER = ['rows', 'what', 'rows/s', 'seconds', 'CPU seconds', 'MB above idle', '']

/** Lines of text with aligned columns; numbers stand to the right. */
export function formatTable(measurements: readonly Measurement[]): string {
  const lines = [HEADER, ...measurements.map(toCells)]
  const widths = HEADER.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => pad(cell, widths[column] ?? 0, column))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function pad(cell: string, width: number, column: number): string {
  return column === 1 || column === HEADER.length - 1 ? cell.padEnd(width) : cell.padStart(width)
}

function toCells({ rows, what, seconds, cpuSeconds, peakBytes, note }: Measurement): string[] {
  return [
    rows.toLocaleString('en-US'),
    what,
    seconds === null ? 'failed' : Math.round(rows / seconds).toLocaleString('en-US'),
    seconds === null ? '' : seconds.toFixed(1),
    cpuSeconds === null ? '' : cpuSeconds.toFixed(1),
    peakBytes === null ? '' : Math.round(peakBytes / 1e6).toLocaleString('en-US'),
    note,
  ]
}
