import { describe, expect, test } from 'vitest'
import { fetchImportPage } from '../history/sync-imports.ts'
import type { LookerHost } from '../looker/adaptor.tsx'
import { createAccessTokens } from './access-token.ts'
import { createActionServer } from './action-server.ts'
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
    fetchProxy: proxy(answers.fetch ?? [{ ok: true, status: 200, body: { imports: [], nextCursor: null } }]),
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

const LOOKER = 'https://looker.example.com'
const pageOf = (host: LookerHost, ref = 'plan:1', planId: string | null = null) =>
  fetchImportPage(createActionServer(host, URL, LOOKER), { ref, planId }, { limit: 1 })

describe('a request', () => {
  test.each([
    ['plan:4 7', null, 'plan%3A4%207/imports?limit=1&host=https%3A%2F%2Flooker.example.com'],
    ['a-b', '47', 'a-b/imports?limit=1&plan=47&host=https%3A%2F%2Flooker.example.com'],
  ])('carries the token and names %s %s and the Looker', async (ref, planId, address) => {
    const { host, calls } = hostOf({})
    await expect(pageOf(host, ref, planId)).resolves.toEqual({ imports: [], nextCursor: null })
    expect(calls[1]).toEqual({
      url: `${URL}/api/v1/syncs/${address}`,
      init: { method: 'GET', headers: { Authorization: 'Bearer one' } },
    })
  })

  test('renews a token that was refused, once', async () => {
    const refused = { ok: false, status: 401, body: { detail: 'Too old.', code: 'access_token_expired' } }
    const fine = { ok: true, status: 200, body: '{"imports":[],"nextCursor":null}' }
    const first = hostOf({ server: [tokenAnswer('one'), tokenAnswer('two')], fetch: [refused, fine] })
    await expect(pageOf(first.host)).resolves.toEqual({ imports: [], nextCursor: null })
    expect(first.calls.at(-1)?.init.headers).toEqual({ Authorization: 'Bearer two' })

    const second = hostOf({ fetch: [refused] })
    await expect(pageOf(second.host)).rejects.toMatchObject({ kind: 'unauthorized' })
    expect(second.calls).toHaveLength(4)
  })

  test('that answers another shape is an error, and a sync that is not known is an empty one', async () => {
    const other = hostOf({
      fetch: [{ ok: true, status: 200, body: { imports: [{ id: '1' }], nextCursor: null } }],
    })
    await expect(pageOf(other.host)).rejects.toMatchObject({ kind: 'not_understood' })
    const unknown = hostOf({
      fetch: [{ ok: false, status: 404, body: { detail: 'No.', code: 'unknown_sync' } }],
    })
    await expect(pageOf(unknown.host)).resolves.toEqual({ imports: [], nextCursor: null })
  })
})

describe('an answer', () => {
  test.each([
    [{ ok: false, status: 502, body: '<html>' }, 'unreachable'],
    [{ ok: false, status: 404, body: {} }, 'unreachable'],
    [{ ok: true, status: 200, body: 'text' }, 'unreachable'],
    [{ ok: false, status: 400, body: { error: 'Give a planId.' } }, 'refused'],
    [{ ok: false, status: 403, body: null }, 'unauthorized'],
    [{ ok: false, status: 403, body: { detail: 'No keys.', code: 'keys_need_sync_id' } }, 'refused'],
    [{ ok: false, status: 409, body: '{"detail":"Over.","code":"already_finished"}' }, 'refused'],
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
