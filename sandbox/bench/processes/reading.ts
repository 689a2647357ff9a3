import type { BenchLook } from '../looks/bench-look.ts'
import { JOIN_KEY_LABEL } from '../looks/bench-look.ts'
import { resultChunks } from '../looks/result-bytes.ts'
import { readAndMap } from '../read-and-map.ts'

// A process that reads a result in memory in two ways, after a warm-up: the whole text by JSON.parse, and from
// bytes to batches as the server does.

type ReadingSettings = { look: BenchLook; runs: number }

type Way = { seconds: number; cpuSeconds: number; rows: number }

export type ReadingResult = { bytes: number; runs: { parsed: Way; mapped: Way }[] }

const PARAMS = { env_id: '11', property_type: 'user', heap_field: JOIN_KEY_LABEL, match_by: 'identity' }

/** Enough for the engine to compile what it will use. */
const WARM_UP_ROWS = 20_000
const WARM_UPS = 3

const { look, runs }: ReadingSettings = JSON.parse(process.argv[2] ?? '{}')

/** With the decoding of the text, which is part of what JSON.parse costs. */
async function parseWhole(whole: Buffer): Promise<number> {
  return (JSON.parse(whole.toString('utf8')) as { data: unknown[] }).data.length
}

async function measure(work: () => Promise<number>): Promise<Way> {
  // Nobody pays for what another has left behind.
  globalThis.gc?.()
  const before = process.cpuUsage()
  const start = performance.now()
  const rows = await work()
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(before)
  return { rows, seconds, cpuSeconds: (user + system) / 1e6 }
}

const small = resultChunks({ ...look, rows: Math.min(look.rows, WARM_UP_ROWS) })
for (let round = 0; round < WARM_UPS; round += 1) {
  await parseWhole(Buffer.concat(small))
  await readAndMap(small, PARAMS)
}

const chunks = resultChunks(look)
const whole = Buffer.concat(chunks)
const result: ReadingResult = { bytes: whole.length, runs: [] }
for (let run = 0; run < runs; run += 1) {
  const parsed = await measure(() => parseWhole(whole))
  const mapped = await measure(() => readAndMap(chunks, PARAMS))
  result.runs.push({ parsed, mapped })
}
process.send?.(result)
