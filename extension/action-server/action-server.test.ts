import { describe, expect, test } from 'vitest'
import type { LookerHost } from '../looker/adaptor.tsx'
import { createAccessTokens } from './access-token.ts'
import { createActionServer } from './action-server.ts'
import { fetchImports } from './imports.ts'
import { readAnswer } from './read-answer.ts'

type Call = { url: string; init: { method?: string; headers?: Record<string, string>; body?: string } }

function hostOf(answers: { server?: unknown[]; fetch?: unknown[] }) {
  const calls: Call[] = []
  const proxy = (queue: unknown[]) => async (url: string, init: Call['init']) => {
    calls.push({ url, init })
    return queue.length > 1 ? queue.shift() : queue[0]
  }
  const host = {
    createSecretKeyTag: (key: string) => `{{heap_${key}}}`,
    serverProxy: proxy(answers.server ?? [tokenAnswer('one')]),
    fetchProxy: proxy(answers.fetch ?? [{ ok: true, status: 200, body: { imports: [] } }]),
  } as unknown as LookerHost
  return { host, calls }
}

const tokenAnswer = (accessToken: string, expiresInSeconds = 900) => ({
  ok: true,
  status: 200,
  body: { accessToken, expiresInSeconds },
})

const URL = 'https://action.example.com'

describe('the token', () => {
  test("is fetched with the secret, by Looker's server", async () => {
    const { host, calls } = hostOf({})
    await expect(createAccessTokens(host, URL).get()).resolves.toBe('one')
    expect(calls).toEqual([
      {
        url: `${URL}/api/token`,
        init: {
          method: 'POST',
          headers: {
            Authorization: 'Bearer {{heap_action_server_token}}',
            'Content-Type': 'application/json',
          },
          body: '{}',
        },
      },
    ])
  })

  test('is fetched once until shortly before it ends', async () => {
    let now = 0
    const { host, calls } = hostOf({ server: [tokenAnswer('one'), tokenAnswer('two')] })
    const tokens = createAccessTokens(host, URL, () => now)
    await Promise.all([tokens.get(), tokens.get()])
    now = 869_000
    await expect(tokens.get()).resolves.toBe('one')
    now = 870_000
    await expect(tokens.get()).resolves.toBe('two')
    expect(calls).toHaveLength(2)
  })

  test('is asked for again after a failure', async () => {
    const refused = { ok: false, status: 401, body: { success: false, error: 'Unknown token.' } }
    const { host } = hostOf({ server: [refused, tokenAnswer('two')] })
    const tokens = createAccessTokens(host, URL)
    await expect(tokens.get()).rejects.toMatchObject({ kind: 'unauthorized', message: 'Unknown token.' })
    await expect(tokens.get()).resolves.toBe('two')
  })
})

describe('a request', () => {
  test.each([
    [{ planId: '4 7', syncId: null }, 'planId=4%207'],
    [{ planId: '47', syncId: 'a&b' }, 'planId=47&syncId=a%26b'],
  ])('carries the token and names %j', async (of, query) => {
    const { host, calls } = hostOf({})
    await expect(fetchImports(createActionServer(host, URL), of)).resolves.toEqual([])
    expect(calls[1]).toEqual({
      url: `${URL}/api/imports?${query}`,
      init: { method: 'GET', headers: { Authorization: 'Bearer one' } },
    })
  })

  test('renews a token that was refused, once', async () => {
    const refused = { ok: false, status: 401, body: { success: false, error: 'Too old.' } }
    const fine = { ok: true, status: 200, body: { imports: [] } }
    const first = hostOf({ server: [tokenAnswer('one'), tokenAnswer('two')], fetch: [refused, fine] })
    await expect(
      fetchImports(createActionServer(first.host, URL), { planId: '1', syncId: null }),
    ).resolves.toEqual([])
    expect(first.calls.at(-1)?.init.headers).toEqual({ Authorization: 'Bearer two' })

    const second = hostOf({ fetch: [refused] })
    await expect(
      fetchImports(createActionServer(second.host, URL), { planId: '1', syncId: null }),
    ).rejects.toMatchObject({
      kind: 'unauthorized',
    })
    expect(second.calls).toHaveLength(4)
  })

  test('that answers something else is refused', async () => {
    const { host } = hostOf({ fetch: [{ ok: true, status: 200, body: {} }] })
    await expect(
      fetchImports(createActionServer(host, URL), { planId: '1', syncId: null }),
    ).rejects.toMatchObject({
      kind: 'refused',
    })
  })
})

describe('an answer', () => {
  test.each([
    [{ ok: false, status: 502, body: '<html>' }, 'unreachable'],
    [{ ok: false, status: 404, body: {} }, 'unreachable'],
    [{ ok: true, status: 200, body: 'text' }, 'unreachable'],
    [{ ok: false, status: 400, body: { error: 'Give a planId.' } }, 'refused'],
    [{ ok: false, status: 403, body: null }, 'unauthorized'],
  ])('%j', async (answer, kind) => {
    await expect(readAnswer(async () => answer)).rejects.toMatchObject({ kind })
  })

  test.each([
    ['Error: Extension not entitled to access external urls', 'not_entitled'],
    ['Error: Failed to fetch', 'unreachable'],
  ])('thrown by the host: %s', async (text, kind) => {
    await expect(readAnswer(() => Promise.reject(new Error(text)))).rejects.toMatchObject({ kind })
  })
})
