import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { measureImport } from './measure-import.ts'
import { measureReference } from './measure-reference.ts'
import type { Measurement } from './measurement.ts'
import { formatTable } from './table.ts'

// `npm run bench [-- --rows 100000,1000000]`. It shows figures and judges none of them; it fails only when
// rows get lost.

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '100000,1000000' }, 'no-references': { type: 'boolean' } },
})

function readRows(text: string): number[] {
  const rows = text.split(',').map(Number)
  if (rows.some((count) => !Number.isInteger(count) || count < 1)) {
    throw new Error(`--rows takes numbers of rows, such as 100000,1000000, not ${text}`)
  }
  return rows
}

const IMPORTS = [
  { latencyMs: 0, concurrency: 4 },
  { latencyMs: 100, concurrency: 4 },
  { latencyMs: 100, concurrency: 16 },
]

const done: Measurement[] = []

function show(measurement: Measurement): void {
  done.push(measurement)
  console.error(`  ${formatTable([measurement]).split('\n')[1]?.trim()}`)
}

console.log(`Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`)
console.log('Rows have 8 columns. With 100 ms of latency, 4 requests of 1,000 rows in flight bound an import')
console.log('to 40,000 rows a second, 16 to 160,000.\n')

for (const rows of readRows(values.rows)) {
  for (const settings of IMPORTS) {
    const measurement = await measureImport({ rows, ...settings })
    if (measurement.seconds === null) process.exitCode = 1
    show(measurement)
  }
  if (values['no-references']) continue
  show(await measureReference(rows, 'json-parse'))
  show(await measureReference(rows, 'oboe'))
}
console.log(`\n${formatTable(done)}`)
