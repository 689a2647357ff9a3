import type { Static, TSchema } from 'typebox'
import { Errors } from 'typebox/value'
import { expect } from 'vitest'
import type { AccessToken } from '../../shared/api/access-token.ts'
import type { Problem } from '../../shared/api/problem.ts'
import { PROBLEM_TYPE, ProblemSchema } from '../../shared/api/problem.ts'
import { extensionSecretOf } from './extension-secret.ts'

/** Calls `/api/v1` of a server over real HTTP, as the extension of a Looker would whose action has this token. */
export async function createApiClient(url: string, token: string, host: string) {
  const exchange = await fetch(`${url}/api/token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${extensionSecretOf(token)}` },
  })
  const { accessToken } = (await exchange.json()) as AccessToken
  const call = (path: string, init: RequestInit = {}) => {
    const question = path.includes('?') ? '&' : '?'
    return fetch(`${url}/api/v1${path}${question}host=${encodeURIComponent(host)}`, {
      ...init,
      headers: { authorization: `Bearer ${accessToken}`, ...init.headers },
    })
  }
  return {
    call,

    /** The answer, which must be as its schema says, and hold no more. */
    async get<S extends TSchema>(path: string, schema: S): Promise<Static<S>> {
      const answer = await call(path)
      expect(answer.status, path).toBe(200)
      return checked(schema, await answer.json())
    },

    async problem(path: string, init: RequestInit = {}): Promise<Problem> {
      const answer = await call(path, init)
      expect(answer.headers.get('content-type')).toContain(PROBLEM_TYPE)
      const problem = checked(ProblemSchema, await answer.json())
      expect(problem.status).toBe(answer.status)
      return problem
    },

    put: (path: string, body: unknown) =>
      call(path, {
        method: 'PUT',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
  }
}

export type ApiClient = Awaited<ReturnType<typeof createApiClient>>

function checked<S extends TSchema>(schema: S, value: unknown): Static<S> {
  expect([...Errors(schema, value)]).toEqual([])
  return value as Static<S>
}
