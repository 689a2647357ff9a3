import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Answer } from './answer-faults.ts'
import { breakConnection, faultyAnswer, faultyHeaders, isStored, isTold } from './answer-faults.ts'
import type { FaultPicker } from './heap-faults.ts'
import type { Endpoint, HeapRequest } from './heap-request.ts'
import { ENDPOINTS, readRequest } from './heap-request.ts'
import type { HeapStore, StandInEntity } from './heap-store.ts'
import type { RequestLog } from './request-log.ts'

/** A valid request, as those see it who watch the stand-in. */
export type SeenRequest = {
  environmentId: string
  propertyType: 'user' | 'account'
  entities: readonly StandInEntity[]
}

export type HeapWatcher = {
  /** Called when a request has come; it goes on when this has ended. */
  onRequest?: (request: SeenRequest) => Promise<void> | void
  /** Called when its entities are stored; `isTold`: the client will be told so. */
  onStored?: (request: SeenRequest & { isTold: boolean }) => void
}

type HeapApi = {
  watcher: HeapWatcher
  store: HeapStore
  log: RequestLog
  pickFault: FaultPicker
  validate: 'full' | 'fast'
  /** Larger bodies are answered with 413. */
  maxBytes: number
}

/** Heap's bulk endpoints, as strict as Heap's documentation. */
export function addHeapApi(app: FastifyInstance, api: HeapApi): void {
  for (const endpoint of ENDPOINTS) {
    app.post(endpoint.path, (request, reply) => answerRequest(api, endpoint, request, reply))
  }
}

async function answerRequest(
  api: HeapApi,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const { path, propertyType } = endpoint
  const counted = api.validate === 'fast' ? countEntities(endpoint, body) : undefined
  const read = counted ?? readRequest(endpoint, request.headers['content-type'] ?? '', body)
  const valid = read.kind === 'valid' && body.length <= api.maxBytes ? read : null
  const entities = valid?.entities ?? []
  const environmentId = valid?.environmentId ?? ''
  const seen: SeenRequest = { environmentId, propertyType, entities }
  if (valid) await api.watcher.onRequest?.(seen)
  const picked = api.pickFault({ path, environmentId, bytes: body.length, entities })
  const { latencyMs } = picked
  // Heap cannot say anything odd about entities it has taken when it has not taken them.
  const fault = valid === null && picked.fault && isStored(picked.fault) ? null : picked.fault
  if (latencyMs > 0) await sleep(latencyMs)

  const stored = valid !== null && isStored(fault)
  if (stored && !counted) {
    api.store.upsert(environmentId, propertyType, entities)
    api.watcher.onStored?.({ ...seen, isTold: isTold(fault) })
  }
  const usual = usualAnswer(api, endpoint, body, read)
  const answer = fault ? faultyAnswer(fault, 'An entity is not acceptable') : usual
  const outcome = answer ? String(answer.status) : (fault?.kind ?? '')
  const size = counted ? counted.count : entities.length
  api.log.add({ path, outcome, bytes: body.length, entities: size, stored })

  if (fault && !answer) {
    await breakConnection(reply, fault, usual)
    return reply
  }
  const { status, contentType, body: text } = answer ?? usual
  return reply.code(status).headers(faultyHeaders(fault)).type(contentType).send(text)
}

function usualAnswer(api: HeapApi, endpoint: Endpoint, body: Buffer, read: HeapRequest): Answer {
  if (body.length > api.maxBytes) return { status: 413, contentType: 'text/plain', body: 'Too large' }
  const contentType = endpoint.propertyType === 'account' ? 'text/plain' : 'application/json'
  if (read.kind === 'valid') return { status: 200, contentType, body: endpoint.ok }
  // For users Heap documents `{}`; the reason is given as text, so that people who try things out see it.
  return { status: 400, contentType: 'text/plain', body: read.message }
}

/** For benchmarks: counts entities by what stands in front of each, and keeps nothing. */
function countEntities({ marker }: Endpoint, body: Buffer): HeapRequest & { kind: 'valid'; count: number } {
  let count = 0
  for (let at = body.indexOf(marker); at !== -1; at = body.indexOf(marker, at + marker.length)) count += 1
  return { kind: 'valid', environmentId: '', entities: [], count }
}
