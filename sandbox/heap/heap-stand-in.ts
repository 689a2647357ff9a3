import type { FastifyInstance } from 'fastify'
import { fastify } from 'fastify'
import type { HeapWatcher } from './heap-api.ts'
import { addHeapApi } from './heap-api.ts'
import type { FaultPlan } from './heap-faults.ts'
import { createFaultPicker } from './heap-faults.ts'
import type { HeapSetUp } from './heap-set-up.ts'
import { DEFAULT_SET_UP } from './heap-set-up.ts'
import type { KnownUser } from './heap-store.ts'
import { createHeapStore } from './heap-store.ts'
import { createRequestLog } from './request-log.ts'
import { addSandboxApi } from './sandbox-api.ts'

export type HeapStandInOptions = {
  /** `fast` (benchmarks) counts entities without reading them, and stores nothing. */
  validate?: 'full' | 'fast'
  /** Larger bodies are answered with 413. Heap publishes no limit. */
  maxBytes?: number
  faults?: FaultPlan
  /** What is chosen in Heap for Looker Data Import. */
  setUp?: Partial<HeapSetUp>
  /** Users whom the product has identified; they are there again after a reset. */
  known?: readonly KnownUser[]
  watcher?: HeapWatcher
}

export type HeapStandIn = ReturnType<typeof createHeapStandIn>

/** What is read at all: far above `maxBytes`, so that 413 is an answer and not a broken connection. */
const MOST_BYTES = 256 * 1024 * 1024

/**
 * A stand-in for Heap on this machine. It refuses everything that Heap's documentation forbids, keeps what
 * it takes where tests and people can see it, and fails on demand. Of one request it takes all or nothing.
 */
export function createHeapStandIn({
  validate = 'full',
  maxBytes = 5_000_000,
  faults,
  setUp: initialSetUp,
  known = [],
  watcher = {},
}: HeapStandInOptions = {}) {
  let setUp: HeapSetUp = { ...DEFAULT_SET_UP, ...initialSetUp }
  const store = createHeapStore(() => setUp)
  const log = createRequestLog()
  let pickFault = createFaultPicker(faults ?? { rules: [] })

  function setFaults(plan: FaultPlan): void {
    pickFault = createFaultPicker(plan)
  }

  function changeSetUp(change: Partial<HeapSetUp>): void {
    setUp = { ...setUp, ...change }
  }

  /** The set-up stays: it is Heap's, and no import's. */
  function reset(): void {
    store.clear()
    for (const user of known) store.identify(user)
    log.clear()
    setFaults({ rules: [] })
  }
  for (const user of known) store.identify(user)

  const app: FastifyInstance = fastify({
    bodyLimit: MOST_BYTES,
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  })
  app.register(async (heap) => {
    // Heap's rules about content type and JSON are checked by hand, so any body is let in as bytes.
    heap.removeAllContentTypeParsers()
    heap.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    addHeapApi(heap, { store, log, watcher, validate, maxBytes, pickFault: (subject) => pickFault(subject) })
  })
  addSandboxApi(app, { store, log, setFaults, setUp: () => setUp, changeSetUp, reset })

  return {
    app,
    /** Listens and returns the base URL. */
    listen: ({ port = 0, host = '127.0.0.1' } = {}) => app.listen({ port, host }),
    close: () => app.close(),
    users: store.users,
    accounts: store.accounts,
    requests: log.summary,
    environments: store.environments,
    isGhost: store.isGhost,
    identify: store.identify,
    changeSetUp,
    setFaults,
    reset,
  }
}
