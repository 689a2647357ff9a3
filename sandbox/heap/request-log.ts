type LoggedRequest = {
  path: string
  /** What the client was told; a fault without an answer leaves its name instead. */
  outcome: string
  bytes: number
  /** Entities in it, and whether Heap has taken them. */
  entities: number
  stored: boolean
}

const MOST_RECENT = 100

export type RequestLog = ReturnType<typeof createRequestLog>

/** Sums over all requests, and the last hundred of them. Holds no keys and no values. */
export function createRequestLog() {
  const sums = { requests: 0, bytes: 0, entities: 0, stored: 0, largestRequest: 0, mostBytes: 0 }
  const outcomes = new Map<string, number>()
  const paths = new Map<string, number>()
  const recent: LoggedRequest[] = []

  return {
    add(request: LoggedRequest): void {
      sums.requests += 1
      sums.bytes += request.bytes
      sums.entities += request.entities
      if (request.stored) sums.stored += request.entities
      sums.largestRequest = Math.max(sums.largestRequest, request.entities)
      sums.mostBytes = Math.max(sums.mostBytes, request.bytes)
      outcomes.set(request.outcome, (outcomes.get(request.outcome) ?? 0) + 1)
      paths.set(request.path, (paths.get(request.path) ?? 0) + 1)
      if (recent.push(request) > MOST_RECENT) recent.shift()
    },
    summary: () => ({
      ...sums,
      outcomes: Object.fromEntries(outcomes),
      paths: Object.fromEntries(paths),
      recent: [...recent],
    }),
    clear(): void {
      Object.assign(sums, { requests: 0, bytes: 0, entities: 0, stored: 0, largestRequest: 0, mostBytes: 0 })
      outcomes.clear()
      paths.clear()
      recent.length = 0
    },
  }
}
