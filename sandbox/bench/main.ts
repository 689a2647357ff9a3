import { cpus } from 'node:os'
import type { BenchContext } from './bench-context.ts'
import { openDatabases } from './engines.ts'
import { readOptions } from './options.ts'
import { PARTS } from './parts.ts'
import { HEADER, TEXT_COLUMNS, toCells } from './table/cells.ts'
import { formatMarkdown, formatTable } from './table/format-table.ts'
import type { Line } from './table/line.ts'
import { EMPTY_LINE } from './table/line.ts'
import { stageRows } from './table/stage-rows.ts'

// `npm run bench [-- <part> ... --rows N --runs N --profile --large --markdown]`. It shows figures and judges
// none of them; it fails only when rows get lost.

const options = readOptions(process.argv.slice(2), Object.keys(PARTS))
const names =
  options.parts.length > 0
    ? options.parts
    : Object.entries(PARTS).flatMap(([name, { onDemand }]) => (onDemand ? [] : name))
const format = options.markdown ? formatMarkdown : formatTable

const lines: Line[] = []
const databases = openDatabases()
const context: BenchContext = {
  ...options,
  databases,
  say: (text) => console.error(`  ${text} ...`),
  show(line) {
    lines.push(line)
    console.error(
      `${toCells(line)
        .filter((cell) => cell !== '')
        .join(' | ')}`,
    )
  },
}

const cores = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`
console.log(`Node ${process.versions.node}, ${cores}; medians of ${options.runs}, ratios of the same run.`)
console.log('Rows have 8 columns unless said otherwise. Looker and Heap are stand-ins on the same machine; a')
console.log('server has imported 20,000 rows before it is measured. JSON.parse: with decoding the text.\n')

try {
  for (const name of names) {
    try {
      const part = await PARTS[name]?.load()
      await part?.(context)
    } catch (error) {
      // What the other parts have measured is not lost by it.
      console.error(error)
      const note = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
      context.show({ ...EMPTY_LINE, what: `the part ${name}`, note, isBroken: true })
    }
  }
} finally {
  await databases.close()
}

console.log(format([HEADER, ...lines.map(toCells)], TEXT_COLUMNS))
const stages = stageRows(lines)
if (stages.length > 0) console.log(`\n${format(stages, [0])}`)
if (lines.some(({ isBroken }) => isBroken)) process.exitCode = 1
