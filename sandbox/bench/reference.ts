import oboe from 'oboe'
import { request } from 'undici'
import type { ReferenceResult } from './measure-reference.ts'
import { readUse, resetPeak, useBetween } from './process-use.ts'

// A process that only reads the rows of a Look and counts them: `reference.ts json-parse|oboe URL`.

/** What a hub without streaming does: the whole text, then one JSON.parse. */
async function countByJsonParse(url: string): Promise<number> {
  const { body } = await request(url)
  const { data } = JSON.parse(await body.text()) as { data: unknown[] }
  return data.length
}

/** What Looker's own hub does: oboe finds each row in the stream and drops it after use. */
async function countByOboe(url: string): Promise<number> {
  const { body } = await request(url)
  return new Promise((resolve, reject) => {
    let rows = 0
    oboe(body)
      .node('!.data.*', () => {
        rows += 1
        return oboe.drop
      })
      .done(() => resolve(rows))
      .fail(({ thrown }) => reject(thrown ?? new Error('oboe failed')))
  })
}

const [, , way, url = ''] = process.argv
await resetPeak('self')
const before = await readUse('self')
const start = performance.now()
const rows = await (way === 'oboe' ? countByOboe(url) : countByJsonParse(url))
const seconds = (performance.now() - start) / 1000
const after = await readUse('self')
process.send?.({ rows, seconds, ...useBetween(before, after) } satisfies ReferenceResult)
