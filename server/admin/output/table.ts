import { printable } from './printable.ts'

type Cell = string | number | null

/** Lines of an aligned table with its heads; numbers stand at the right. Nothing in it is obeyed by a terminal. */
export function table(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const isNumeric = heads.map((_, column) => rows.every((row) => typeof row[column] !== 'string'))
  const texts = [heads, ...rows].map((row) => heads.map((_, column) => show(row[column] ?? null)))
  const widths = heads.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)))
  return texts
    .map((row) =>
      row
        .map((text, column) =>
          isNumeric[column] ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}

/** `name  value` lines. */
export function facts(pairs: readonly (readonly [name: string, value: Cell])[]): string {
  const shown = pairs.filter(([, value]) => value !== null)
  const width = Math.max(...shown.map(([name]) => name.length))
  return shown.map(([name, value]) => `${name.padEnd(width)}  ${show(value)}\n`).join('')
}

function show(cell: Cell): string {
  return cell === null ? '-' : printable(String(cell))
}
