import { createCountingHeap } from './stand-ins/heap.ts'
import { createBenchLooker } from './stand-ins/looker.ts'
import type { StandInsAnswer, StandInsRequest, StandInsSettings } from './start-stand-ins.ts'

// The process beside the server: Looker and Heap, as cheap as they can be.

const settings: StandInsSettings = JSON.parse(process.argv[2] ?? '{}')
const heap = createCountingHeap(settings.latencyMs)
const looker = createBenchLooker(settings.token)

async function answer(request: StandInsRequest): Promise<StandInsAnswer> {
  if (request.kind === 'offer') return { kind: 'offered', url: looker.offer(request.look) }
  if (request.kind === 'ask')
    return { kind: 'taken', taken: heap.taken(request.environmentId, request.propertyType) }
  const answered = await looker.deliver(request.delivery).catch((error: unknown) => ({
    status: 'failure' as const,
    message: `no answer: ${error instanceof Error ? error.message : String(error)}`,
    milliseconds: 0,
  }))
  const { environmentId, params } = request.delivery
  const taken = heap.taken(environmentId, params.property_type ?? 'user')
  return { kind: 'delivered', answer: answered, taken }
}

process.on('message', async ({ id, request }: { id: number; request: StandInsRequest }) => {
  process.send?.({ id, answer: await answer(request) })
})
process.on('disconnect', () => process.exit())
const [heapUrl, lookerUrl] = await Promise.all([heap.listen(), looker.listen()])
process.send?.({ kind: 'ready', heapUrl, lookerUrl })
