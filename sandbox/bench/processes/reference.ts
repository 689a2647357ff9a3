import { request } from 'undici'
import type { ReferenceResult } from '../measure-reference.ts'
import { readUse, resetPeak, useBetween } from '../process-use.ts'

// A process that does what a hub without streaming does: the whole text of a Look's result, then one JSON.parse.

const { url }: { url: string } = JSON.parse(process.argv[2] ?? '{}')
await resetPeak('self')
const before = await readUse('self')
const start = performance.now()
const { body } = await request(url)
const { data } = JSON.parse(await body.text()) as { data: unknown[] }
const seconds = (performance.now() - start) / 1000
const after = await readUse('self')
process.send?.({ rows: data.length, seconds, ...useBetween(before, after) } satisfies ReferenceResult)
