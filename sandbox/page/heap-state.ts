/** What the Heap stand-in says of itself under `/sandbox/state`. */
export type HeapState = {
  environments: { id: string; users: number; accounts: number }[]
  requests: { requests: number; stored: number; outcomes: Record<string, number> }
  environmentId: string
  kind: 'users' | 'accounts'
  search: string
  offset: number
  matching: number
  entities: { key: string; properties: Record<string, string | number | boolean | null> }[]
}

/** Which part of Heap is shown. */
export type HeapQuery = { env?: string; kind?: string; search?: string; offset?: string }

/** Rows of the table on one page. */
export const HEAP_PAGE_ROWS = 50

export async function fetchHeapState(heapUrl: string, query: HeapQuery): Promise<HeapState> {
  const search = new URLSearchParams({
    env: query.env || '11',
    kind: query.kind === 'accounts' ? 'accounts' : 'users',
    search: query.search ?? '',
    offset: /^\d+$/.test(query.offset ?? '') ? (query.offset ?? '0') : '0',
    limit: String(HEAP_PAGE_ROWS),
  })
  return (await call(`${heapUrl}/sandbox/state?${search}`, { method: 'GET' })).json() as Promise<HeapState>
}

export async function setHeapFaults(heapUrl: string, plan: unknown): Promise<void> {
  await call(`${heapUrl}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(plan),
  })
}

export async function resetHeap(heapUrl: string): Promise<void> {
  await call(`${heapUrl}/sandbox/reset`, { method: 'POST' })
}

async function call(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init)
  if (!answer.ok) throw new Error(`The Heap stand-in answered ${answer.status}: ${await answer.text()}`)
  return answer
}
