import { describe, expect, it } from 'vitest'
import { hostFixture, ID } from './host-fixture.ts'

const host = hostFixture()

describe('routes and windows', () => {
  it('follow the extension, and the extension follows the back button', async () => {
    const frame = await host.open('/?sandbox.latency=1')
    await host.inside(frame, ({ sdk }) => sdk.clientRouteChanged('/join-key?look=3', { from: 'test' }))
    await expect
      .poll(() => host.page.url())
      .toBe(`${host.looker.origin}/extensions/${ID}/join-key?look=3&sandbox.latency=1`)
    await host.inside(frame, ({ sdk }) => sdk.clientRouteChanged('/when'))
    await expect.poll(() => host.page.url()).toContain('/when')
    await host.page.goBack()
    await expect.poll(() => host.inside(frame, ({ hostRoutes }) => hostRoutes)).toEqual(['/join-key?look=3'])
    await host.inside(frame, ({ sdk }) => sdk.clientRouteChanged('/join-key?look=3'))
    await host.page.goForward()
    await expect.poll(() => host.inside(frame, ({ hostRoutes }) => hostRoutes.at(-1))).toBe('/when')
  })

  it('give the page a title and open pages', async () => {
    const frame = await host.open()
    await host.inside(frame, ({ sdk }) => sdk.updateTitle('Heap syncs'))
    await expect.poll(() => host.page.title()).toBe('Heap syncs')
    const [popup] = await Promise.all([
      host.page.waitForEvent('popup'),
      host.inside(frame, ({ sdk }) => sdk.openBrowserWindow('/looks/3')),
    ])
    await popup.waitForURL(`${host.looker.origin}/looks/3`)
    await host.inside(frame, ({ sdk }) => sdk.openBrowserWindow('https://example.com/'))
    await expect.poll(() => host.page.locator('[data-outcome*="not entitled to open"]').count()).toBe(1)
    await host.inside(frame, ({ sdk }) => sdk.updateLocation('/looks'))
    await host.page.waitForURL(`${host.looker.origin}/looks`)
  })

  it('copy to the clipboard', async () => {
    const frame = await host.open()
    await host.page.bringToFront()
    await host.inside(frame, ({ sdk }) => sdk.clipboardWrite('a plan id'))
    expect(await host.page.evaluate(() => navigator.clipboard.readText())).toBe('a plan id')
  })
})
