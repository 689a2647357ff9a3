import type { ApiRequest } from './api-request.ts'

export type RequestLog = ReturnType<typeof createRequestLog>

/** Older ones are left out of the page. */
const MOST = 200

/** Shows what the extension asks of the host, for people who wonder and for tests. */
export function createRequestLog(page: Document) {
  const list = page.getElementById('requests')
  const count = page.getElementById('request-count')
  const problemPlace = page.getElementById('host-problem')
  let requests = 0

  function problem(text: string): void {
    if (!problemPlace) return
    problemPlace.hidden = false
    problemPlace.textContent = text
  }

  return {
    problem,
    noProblem(): void {
      if (problemPlace) problemPlace.hidden = true
    },
    failed: (error: unknown) => problem(`The host failed: ${String(error)}`),
    initialised(reply: { extensionSdkVersion?: string; errorMessage?: string } | undefined): void {
      page.body.dataset.extension = reply?.errorMessage ?? `SDK ${reply?.extensionSdkVersion}`
    },
    /** @returns what to call with the outcome */
    started(request: ApiRequest): (outcome: string) => void {
      requests += 1
      if (count) count.textContent = String(requests)
      const item = page.createElement('li')
      const start = performance.now()
      const name = describe(request)
      item.dataset.request = name
      item.textContent = `${name} …`
      list?.prepend(item)
      if (list && list.childElementCount > MOST) list.lastElementChild?.remove()
      return (outcome) => {
        item.dataset.outcome = outcome
        item.textContent = `${name}: ${outcome} in ${Math.round(performance.now() - start)} ms`
      }
    },
  }
}

function describe({ type, payload }: ApiRequest): string {
  const { httpMethod, path, type: inner, name, route, url } = (payload ?? {}) as Record<string, unknown>
  const details = [httpMethod, path, inner, name, route, url].filter((part) => typeof part === 'string')
  return [type, ...details].join(' ')
}
