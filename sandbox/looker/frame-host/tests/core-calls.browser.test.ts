import { describe, expect, it } from 'vitest'
import { validPlan } from '../../testing/start-looker.ts'
import { hostFixture } from './host-fixture.ts'

const host = hostFixture()

/** What became of the requests of one kind; null as long as nothing did. */
function outcomes(request: string): Promise<(string | null)[]> {
  return host.page
    .locator(`[data-request="${request}"]`)
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-outcome')))
}

async function removePlan(at: ReturnType<typeof hostFixture>): Promise<unknown> {
  const { body } = await at.looker.call<{ id: string }>('POST', '/scheduled_plans', validPlan())
  const frame = await at.open()
  return at.inside(frame, async ({ core }, id) => core.delete_scheduled_plan(id ?? ''), body.id)
}

describe('calls of the API', () => {
  it('are made with the rights of the user', async () => {
    const frame = await host.open()
    expect(await host.inside(frame, async ({ core }) => core.me('id,display_name'))).toEqual({
      ok: true,
      value: { id: '2', display_name: 'Ann Analyst' },
    })
    const found = await host.inside(frame, async ({ core }) =>
      core.search_looks({ title: '%crm users%', fields: 'id', limit: 1 }),
    )
    expect(found).toEqual({ ok: true, value: [{ id: '1' }] })
    const rows = await host.inside(frame, async ({ core }) =>
      core.run_look({ look_id: '3', result_format: 'json_detail', limit: 2 }),
    )
    expect(rows).toMatchObject({ ok: true, value: { data: [{}, {}] } })
  })

  it('resolve with the error of the API', async () => {
    const frame = await host.open()
    expect(await host.inside(frame, async ({ core }) => core.look('a/b'))).toMatchObject({
      ok: false,
      error: { message: 'Not found', documentation_url: expect.stringContaining('/err/4.0/404/get/looks/') },
    })
    const plan = await host.inside(frame, async ({ core }) =>
      core.create_scheduled_plan({ name: 'x', look_id: '3' }),
    )
    expect(plan).toMatchObject({
      ok: false,
      error: { message: 'Validation Failed', errors: expect.any(Array) },
    })
  })

  it('answer an empty text where there is no content', async () => {
    expect(await removePlan(host)).toEqual({ ok: true, value: '' })
  })

  it('are refused in words of Looker when the manifest does not list them', async () => {
    const frame = await host.open()
    expect(await host.refusal(frame, ({ core }) => core.all_scheduled_plans({}))).toBe(
      'Error: Extension not entitled to use api method all_scheduled_plans',
    )
    expect(await host.refusal(frame, ({ core }) => core.all_users({}))).toContain(
      'The Looker stand-in does not have GET /users',
    )
  })

  it('fail, hang and take their time when the address says so', async () => {
    const query = '?sandbox.fail=look:403&sandbox.hang=me&sandbox.latency=300'
    const frame = await host.open(`/${query}`)
    expect(await host.inside(frame, ({ initialRoute }) => initialRoute)).toBe('/')
    const start = Date.now()
    expect(await host.inside(frame, async ({ core }) => core.look('1'))).toMatchObject({
      ok: false,
      error: { documentation_url: expect.stringContaining('/403/') },
    })
    expect(Date.now() - start).toBeGreaterThan(290)
    await host.inside(frame, ({ core }) => {
      core.me()
    })
    await host.inside(frame, async ({ core }) => core.look('1'))
    expect(await outcomes('INVOKE_CORE_SDK GET /looks/1')).toEqual(['done', 'done'])
    expect(await outcomes('INVOKE_CORE_SDK GET /user')).toEqual([null])
  })
})

describe('calls of the API on a host that has no value for no content', () => {
  const bare = hostFixture({ unknowns: { noContent: 'undefined' } })

  it('answer undefined', async () => {
    const removed = await removePlan(bare)
    expect(removed).toMatchObject({ ok: true })
    expect(removed).toHaveProperty('value', undefined)
  })
})
