import { request } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import type { LookerStandInOptions } from './looker-stand-in.ts'
import { createLookerStandIn } from './looker-stand-in.ts'
import { crmUsers } from './looks/crm-users.ts'
import { largeLook } from './looks/large.ts'
import { slow } from './looks/slow.ts'
import type { FakeActionOptions } from './testing/fake-action.ts'
import { startFakeAction, validListing } from './testing/fake-action.ts'

const closers: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function start(action: FakeActionOptions = {}, options: Partial<LookerStandInOptions> = {}) {
  const hub = await startFakeAction(action)
  closers.push(hub.close)
  const looker = createLookerStandIn({ actionUrl: hub.origin, token: 'secret', ...options })
  const origin = await looker.listen()
  closers.push(looker.close)
  return { hub, looker, origin }
}

/** What a real action does in url mode: fetch the rows, then answer. */
function downloading(check: (answer: { status: number; text: string; url: string }) => void) {
  return async (payload: unknown) => {
    const { scheduled_plan: plan } = payload as { scheduled_plan: { download_url: string } }
    const answer = await request(plan.download_url)
    check({ status: answer.statusCode, text: await answer.body.text(), url: plan.download_url })
    return { pieces: ['\n', '\n', '{"looker":{"success":true,"message":"thanks"}}'] }
  }
}

describe('a delivery', () => {
  it('asks for the listing, the form and the execution as Looker does', async () => {
    const { hub, looker, origin } = await start({
      form: () => ({ fields: [{ name: 'property_type', interactive: true, default: 'user' }] }),
    })
    await looker.deliver('1', { env_id: '11', property_type: 'account' })
    expect(hub.requests.map(({ url }) => url)).toEqual(['/', '/form', '/form', '/execute'])
    const [listing, form, again, execute] = hub.requests
    for (const { headers } of hub.requests) {
      expect(headers).toMatchObject({
        authorization: 'Token token="secret"',
        'transfer-encoding': 'chunked',
        'user-agent': 'LookerOutgoingWebhook/26.12',
        'x-looker-instance': 'sandbox-instance',
        'x-looker-webhook-id': expect.stringMatching(/^[0-9a-f]{32}$/),
      })
      expect(headers).not.toHaveProperty('content-length')
    }
    expect(listing?.body).toBeNull()
    expect(form?.body).toEqual({ type: 'query', data: {} })
    expect(again?.body).toMatchObject({ form_params: { property_type: 'account' } })
    expect(execute?.body).toMatchObject({
      type: 'query',
      scheduled_plan: {
        type: 'Look',
        download_url: expect.stringMatching(`^${origin}/downloads/[0-9a-f]{40}$`),
      },
      attachment: null,
      form_params: { env_id: '11' },
    })
  })

  it('hands the rows out by a URL that works once', async () => {
    const seen: number[] = []
    const { looker } = await start({
      execute: downloading(({ status, text }) => {
        seen.push(status, JSON.parse(text).data.length)
      }),
    })
    const record = await looker.deliver('1')
    expect(seen).toEqual([200, 10_000])
    expect(record).toMatchObject({
      status: 'success',
      message: 'thanks',
      step: 'done',
      rowsSent: 10_000,
      downloads: 1,
      keepAlives: 2,
      mode: 'url',
    })
  })

  it('answers a second download with 404', async () => {
    let url = ''
    const { looker } = await start({
      execute: downloading((answer) => {
        url = answer.url
      }),
    })
    await looker.deliver('1')
    const again = await request(url)
    expect(again.statusCode).toBe(404)
    await again.body.dump()
  })

  it('pushes the rows as a text', async () => {
    const { hub, looker } = await start()
    const record = await looker.deliver('3', undefined, { mode: 'push', format: 'json_detail' })
    expect(record).toMatchObject({ status: 'success', rowsSent: 500, downloads: 0 })
    const { attachment } = hub.requests.at(-1)!.body as { attachment: { data: string } }
    expect(JSON.parse(attachment.data).data).toHaveLength(500)
  })

  it('writes at most 5,000 rows of json_detail', async () => {
    const { looker } = await start({ execute: downloading(() => {}) })
    expect(await looker.deliver('1', undefined, { format: 'json_detail' })).toMatchObject({ rowsSent: 5_000 })
  })

  it('offers only what the listing has on a Send', async () => {
    const { looker } = await start({
      listing: (origin) => ({
        integrations: [{ ...validListing(origin).integrations[0], supported_formats: ['csv'] }],
      }),
    })
    expect(await looker.deliver('3')).toMatchObject({
      status: 'failure',
      message: expect.stringContaining('does not take json_detail_lite_stream'),
    })
  })

  it('keeps the id of a plan that is repeated', async () => {
    const { looker } = await start()
    const first = await looker.deliver('3')
    const second = await looker.deliver('3')
    const repeated = await looker.deliver('3', undefined, { planId: first.planId })
    expect(second.planId).not.toBe(first.planId)
    expect(repeated.planId).toBe(first.planId)
    expect(looker.history().map(({ id }) => id)).toEqual([3, 2, 1])
  })

  it('records an answer that breaks the contract as a failure', async () => {
    const { looker } = await start({ execute: async () => ({ pieces: ['{"success":true}'] }) })
    expect(await looker.deliver('3')).toMatchObject({
      status: 'failure',
      message: expect.stringContaining('could not be executed'),
    })
  })

  it('refuses a listing that breaks the contract', async () => {
    const { hub, looker } = await start({
      listing: (origin) => ({ integrations: [{ ...validListing(origin).integrations[0], url: '/execute' }] }),
    })
    expect(await looker.deliver('3')).toMatchObject({
      status: 'failure',
      message: expect.stringContaining('Looker refused: the listing breaks the contract'),
    })
    expect(hub.requests).toHaveLength(1)
  })

  it.each([
    ['a mode', { supported_download_settings: ['push'] }],
    ['a format', { supported_formats: ['csv'] }],
    ['Looks', { supported_action_types: ['dashboard'] }],
  ])('does not use %s that the action does not support', async (_what, change) => {
    const { looker } = await start({
      listing: (origin) => ({ integrations: [{ ...validListing(origin).integrations[0], ...change }] }),
    })
    expect(await looker.deliver('3')).toMatchObject({
      status: 'failure',
      message: expect.stringMatching(/refused/),
    })
  })

  it('shows the error of a form', async () => {
    const { looker } = await start({ form: () => ({ error: 'The database is down.' }) })
    expect(await looker.deliver('3')).toMatchObject({
      status: 'failure',
      message: expect.stringMatching(/database/),
    })
    expect(await looker.form()).toEqual({ kind: 'error', message: 'The database is down.' })
  })

  it('records an action that is not there', async () => {
    const looker = createLookerStandIn({ actionUrl: 'http://127.0.0.1:1' })
    await looker.listen()
    closers.push(looker.close)
    expect(await looker.deliver('3')).toMatchObject({
      status: 'failure',
      message: expect.stringMatching(/^The action did not answer/),
    })
  })
})

describe('a faulty result', () => {
  async function download(fault: Parameters<ReturnType<typeof createLookerStandIn>['deliver']>[2]) {
    const outcome = { status: 0, text: '', error: '' }
    const { looker } = await start(
      {
        execute: async (payload) => {
          const { scheduled_plan: plan } = payload as { scheduled_plan: { download_url: string } }
          const answer = await request(plan.download_url, { bodyTimeout: 500 })
          outcome.status = answer.statusCode
          try {
            for await (const piece of answer.body.setEncoding('utf8')) outcome.text += piece
          } catch (error) {
            outcome.error = String((error as NodeJS.ErrnoException).code)
          }
          return { pieces: ['{"looker":{"success":true}}'] }
        },
      },
      { looks: [crmUsers, { ...slow, slow: { firstByteSeconds: 0.1, pauseMilliseconds: 10 } }] },
    )
    await looker.deliver('1', undefined, fault)
    return outcome
  }

  it('ends early without an error when truncated', async () => {
    const { text, error } = await download({ fault: { kind: 'truncated', afterRows: 2_000 } })
    expect(error).toBe('')
    expect(text.split('users.employer').length).toBeGreaterThan(1_900)
    expect(() => JSON.parse(text)).toThrow()
  })

  it('breaks the connection when reset', async () => {
    const { error } = await download({ fault: { kind: 'reset', afterRows: 2_000 } })
    expect(error).toMatch(/ECONNRESET|UND_ERR_SOCKET/)
  })

  it('is a page, another status, or silence', async () => {
    expect((await download({ fault: { kind: 'html' } })).text).toContain('<!DOCTYPE html>')
    expect((await download({ fault: { kind: 'status', status: 500 } })).status).toBe(500)
    expect((await download({ fault: { kind: 'stalled' } })).error).toBe('UND_ERR_BODY_TIMEOUT')
  })
})

it('streams a Look that is read slowly without making its rows first', async () => {
  let rowsWhenReading = 0
  const { looker } = await start(
    {
      execute: async (payload) => {
        const { scheduled_plan: plan } = payload as { scheduled_plan: { download_url: string } }
        const { body } = await request(plan.download_url)
        await new Promise((resolve) => setTimeout(resolve, 300))
        rowsWhenReading = looker.history()[0]?.rowsSent ?? 0
        body.destroy()
        return { pieces: ['{"looker":{"success":true}}'] }
      },
    },
    { looks: [largeLook('1', 500_000)] },
  )
  await looker.deliver('1')
  expect(rowsWhenReading).toBeGreaterThan(0)
  expect(rowsWhenReading).toBeLessThan(100_000)
})
