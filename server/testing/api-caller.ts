import type { AccessToken } from '../../shared/api/access-token.ts'
import type { TestBench } from './test-bench.ts'
import { TOKEN } from './test-bench.ts'

/** Calls `/api/v1` as the extension in the bench's Looker does, naming one sync. */
export function createApiCaller(bench: TestBench, sync: string) {
  let token: string | undefined
  return async (path: string, query: Record<string, string> = {}, method = 'GET'): Promise<Response> => {
    if (token === undefined) {
      const answer = await fetch(`${bench.url}/api/token`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}` },
      })
      token = ((await answer.json()) as AccessToken).accessToken
    }
    const search = new URLSearchParams({ sync, host: bench.app.config.lookerOrigins[0] ?? '', ...query })
    return fetch(`${bench.url}/api/v1${path}?${search}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
    })
  }
}
