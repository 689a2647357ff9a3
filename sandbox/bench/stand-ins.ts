import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createHeapStandIn } from '../heap/heap-stand-in.ts'
import { writeResult } from '../looker/delivering/write-result.ts'
import { createLookerStandIn } from '../looker/looker-stand-in.ts'
import { largeLook } from '../looker/looks/large.ts'
import type { StandInsRequest, StandInsSettings } from './start-stand-ins.ts'

// The process beside the server: Looker and Heap, as cheap as they can be.

const LOOK_ID = '1'

async function main({ actionUrl, token, rows, latencyMs }: StandInsSettings): Promise<void> {
  const look = largeLook(LOOK_ID, rows)
  const heap = createHeapStandIn({
    validate: 'fast',
    faults: { rules: latencyMs > 0 ? [{ fault: { kind: 'latency', ms: latencyMs } }] : [] },
  })
  const looker = createLookerStandIn({ actionUrl, token, looks: [look] })

  // The same rows for the references, as often as they are asked for.
  const rowsServer = createServer((_request, response) => {
    const result = writeResult(look, { format: 'json_detail_lite_stream' })
    pipeline(Readable.from(result, { objectMode: false }), response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => rowsServer.listen(0, '127.0.0.1', resolve))
  const rowsUrl = `http://127.0.0.1:${(rowsServer.address() as AddressInfo).port}`

  process.on('message', async (request: StandInsRequest) => {
    if (request !== 'deliver') return
    const record = await looker.deliver(LOOK_ID)
    process.send?.({ kind: 'delivered', record, stored: heap.requests().stored })
  })
  process.on('disconnect', () => process.exit())
  const [heapUrl, lookerUrl] = await Promise.all([heap.listen(), looker.listen()])
  process.send?.({ kind: 'ready', heapUrl, lookerUrl, rowsUrl })
}

await main(JSON.parse(process.argv[2] ?? '{}'))
