import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import oboe from 'oboe'
import { Pool, request } from 'undici'
import type { ActionField, ActionRow } from '../../heap-action/map-rows.ts'
import { mapRows } from '../../heap-action/map-rows.ts'

// A process with an action that works as Heap's own did: oboe finds the rows in the stream, and every hundred
// of them are sent at once, without a limit, a retry or a database. The answer comes after the last request.

/** Entities a request, as in Heap's own action since March 2022. */
const BATCH = 100

type Params = { env_id: string; heap_field: string }

const { heapUrl }: { heapUrl: string } = JSON.parse(process.argv[2] ?? '{}')
const pool = new Pool(heapUrl)

async function post(rows: ActionRow[], fields: ActionField[], params: Params): Promise<number> {
  const users = mapRows(rows, fields, params.heap_field).map(({ key, properties }) => ({
    user_identifier: { email: key },
    properties,
  }))
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: '/api/integrations/add_user_properties',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: params.env_id, library: 'looker', users }),
  })
  await body.dump()
  return statusCode === 200 ? users.length : 0
}

/** @returns how many rows there were, and how many of them Heap took */
async function importRows(url: string, params: Params): Promise<{ rows: number; taken: number }> {
  const { body } = await request(url)
  const posts: Promise<number>[] = []
  let fields: ActionField[] = []
  let gathered: ActionRow[] = []
  let rows = 0

  function cut(): void {
    posts.push(post(gathered, fields, params))
    gathered = []
  }

  await new Promise<void>((resolve, reject) => {
    oboe(body)
      .node('!.fields', (groups: Record<string, ActionField[]>) => {
        fields = Object.values(groups).flat()
      })
      .node('!.data.*', (row: ActionRow) => {
        rows += 1
        if (gathered.push(row) === BATCH) cut()
        return oboe.drop
      })
      .done(() => resolve())
      .fail(({ thrown }) => reject(thrown ?? new Error('oboe failed')))
  })
  if (gathered.length > 0) cut()
  const taken = (await Promise.all(posts)).reduce((sum, count) => sum + count, 0)
  return { rows, taken }
}

const server = createServer(async (incoming, response) => {
  try {
    const pieces: Buffer[] = []
    for await (const piece of incoming) pieces.push(piece)
    const { form_params: params, scheduled_plan: plan } = JSON.parse(Buffer.concat(pieces).toString())
    const { rows, taken } = await importRows(plan.download_url, params)
    const message = `${taken.toLocaleString('en-US')} of ${rows.toLocaleString('en-US')} rows`
    response.end(JSON.stringify({ looker: { success: taken === rows, message } }))
  } catch (error) {
    response.end(JSON.stringify({ looker: { success: false, message: String(error) } }))
  }
})
process.on('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
})
