import { writeValue } from '../../delivering/write-row.ts'
import type { Look, LookCell } from '../../look.ts'

/** The rows of the format `json`, each as JSON text: plain values by field name, pivoted ones by pivot key. */
export function* resultRows(look: Look, limit: number): Generator<string> {
  let written = 0
  for (const row of look.rows()) {
    if (written >= limit) return
    written += 1
    const cells = Object.entries(row).map(([name, cell]) => `${JSON.stringify(name)}:${writeCell(cell)}`)
    yield `{${cells.join(',')}}`
  }
}

function writeCell(cell: LookCell): string {
  if (typeof cell !== 'object' || cell === null) return writeValue(cell)
  const cells = Object.entries(cell).map(([key, value]) => `${JSON.stringify(key)}:${writeValue(value)}`)
  return `{${cells.join(',')}}`
}
