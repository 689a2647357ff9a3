import { parseArgs } from 'node:util'

export type BenchOptions = {
  /** Names of parts; empty: those that are run unless others are named. */
  parts: string[]
  rows: number
  runs: number
  large: boolean
  profile: boolean
  markdown: boolean
}

/** Reads the command line. @throws Error that says what to change */
export function readOptions(args: readonly string[], knownParts: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rows: { type: 'string', default: '1000000' },
      runs: { type: 'string', default: '3' },
      large: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
    },
  })
  const unknown = positionals.filter((name) => !knownParts.includes(name))
  if (unknown.length > 0) {
    throw new Error(`There is no part ${unknown.join(', ')}. Name some of: ${knownParts.join(', ')}.`)
  }
  const { large, profile, markdown } = values
  const counts = { rows: readCount('rows', values.rows), runs: readCount('runs', values.runs) }
  return { parts: positionals, ...counts, large, profile, markdown }
}

function readCount(name: string, text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1) return count
  throw new Error(`--${name} takes a whole number from 1, not ${text}.`)
}
