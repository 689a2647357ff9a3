import type { AccessToken } from '../../shared/api/access-token.ts'
import { extensionSecretOf } from './extension-secret.ts'
import { TOKEN } from './test-bench.ts'

/** Calls `/api/v1` of a server as the extension in a Looker does, naming one sync. */
export function createApiCaller({ url, origin }: { url: string; origin: string }, sync: string) {
  let token: string | undefined
  return async (path: string, query: Record<string, string> = {}, method = 'GET'): Promise<Response> => {
    if (token === undefined) {
      const answer = await fetch(`${url}/api/token`, {
        method: 'POST',
        headers: { authorization: `Bearer ${extensionSecretOf(TOKEN)}` },
      })
      token = ((await answer.json()) as AccessToken).accessToken
    }
    const search = new URLSearchParams({ sync, host: origin, ...query })
    return fetch(`${url}/api/v1${path}?${search}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
    })
  }
}
