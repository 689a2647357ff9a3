import { describe, expect, it, vi } from 'vitest'
import { hostFixture } from './host-fixture.ts'

const READER = '5'
const FIRST = 'test-project::test-app'
const SECOND = 'test-project::second-app'

describe('the applications of one manifest', () => {
  const host = hostFixture()

  it('have a page and a place in the menu each', async () => {
    await host.page.goto(`${host.looker.origin}/looks`)
    const names = await host.page.locator('nav a[href^="/extensions/"]').allTextContents()
    expect(names).toEqual(['Test extension', 'Second extension'])
    await host.page.click('nav >> text=Second extension')
    const frame = await host.connected()
    expect(await host.inside(frame, ({ sdk }) => sdk.lookerHostData?.extensionId)).toBe(SECOND)
    expect(await host.page.locator('nav a[aria-current]').allTextContents()).toEqual(['Second extension'])
    expect(await frame.evaluate(() => window.lookerExtensionMetadata)).toMatchObject({
      label: 'Second extension',
      entitlements: { core_api_methods: ['look'], local_storage: false },
    })
  })

  it('may do what their own entitlements say', async () => {
    const frame = await host.open('/', '/extensions', SECOND)
    expect(await host.inside(frame, async ({ core }) => core.look('1'))).toMatchObject({ ok: true })
    expect(await host.refusal(frame, async ({ core }) => core.me())).toBe(
      'Error: Extension not entitled to use api method me',
    )
    expect(await host.refusal(frame, ({ sdk }) => sdk.localStorageGetItem('draft'))).toMatch(/not entitled/)
    expect(await host.page.getAttribute('#extension iframe', 'sandbox')).toBe('allow-scripts')
  })

  it('do not share what is kept', async () => {
    const first = await host.open('/', '/extensions', FIRST)
    await host.inside(first, ({ sdk }) => sdk.saveContextData({ colour: 'blue' }))
    const second = await host.open('/', '/extensions', SECOND)
    expect(await host.inside(second, ({ sdk }) => sdk.getContextData())).toBeUndefined()
  })

  it('that are for dashboards only are no pages', async () => {
    const answer = await host.page.goto(`${host.looker.origin}/extensions/test-project::tile-app/`)
    expect(answer?.status()).toBe(404)
    expect(await host.page.textContent('#host-problem')).toContain('leave out standalone')
  })
})

describe.each(['/extensions', '/spartan', '/embed/extensions'])(
  'a user without the permissions, at %s',
  (path) => {
    const host = hostFixture()

    it('does not get in, and is told what is missing', async () => {
      await host.become(READER)
      const answer = await host.page.goto(`${host.looker.origin}${path}/${FIRST}/`)
      expect(answer?.status()).toBe(403)
      expect(await host.page.locator('iframe').count()).toBe(0)
      const problem = await host.page.getByRole('alert').textContent()
      expect(problem).toContain('explore or develop on the model test, or manage_models')
      await host.page.goto(`${host.looker.origin}/looks`)
      expect(await host.page.locator('a[href^="/extensions/"]').count()).toBe(0)
      const call = await host.page.evaluate(
        (id) =>
          fetch(`/api/internal/extensions/${id}/context_data`, { method: 'POST' }).then((r) => r.status),
        FIRST,
      )
      expect(call).toBe(404)
    })
  },
)

describe('a host where access_data alone is enough', () => {
  const host = hostFixture({ unknowns: { accessDataAlone: 'enough' } })

  it('lets the same user in', async () => {
    await host.become(READER)
    const frame = await host.open()
    expect(await host.inside(frame, ({ sdk }) => sdk.verifyHostConnection())).toBe(true)
  })
})

describe('what the host does not know of a manifest', () => {
  const host = hostFixture()

  it('is said on the page and in the log', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    await host.fixture.write(
      'manifest.lkml',
      `project_name: "own"
constant: ACTION_SERVER_URL { value: "" export: override_required }
application: app {
  file: "bundle.js"
  icon: "heap.svg"
  mount_points: { standalone: yes sidebar: yes }
  entitlements: { allow_forms: yes }
}`,
    )
    await host.open('/', '/extensions', 'own::app')
    const told = await host.page.locator('.host-warning').allTextContents()
    expect(told).toEqual([
      'The application app has the parameter icon, which is not known; nothing reads it.',
      'The application app has the mount point sidebar, which is not known; nothing reads it.',
      'The application app: the entitlement allow_forms gives nothing: it is called use_form_submit now.',
    ])
    expect(warn.mock.calls.map(([text]) => text)).toEqual(told)
    warn.mockRestore()
  })
})
