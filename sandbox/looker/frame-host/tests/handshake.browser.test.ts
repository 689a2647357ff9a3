import type { Frame } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { hostFixture, ID } from './host-fixture.ts'

const host = hostFixture()

/** Reloads the frame by itself, and waits for the one that takes its place. */
async function reload(frame: Frame): Promise<Frame> {
  const element = await frame.frameElement()
  await frame.evaluate(() => location.reload()).catch(() => {})
  await host.page.waitForFunction((old) => {
    const current = document.querySelector('#extension iframe')
    return current !== null && current !== old
  }, element)
  return host.connected()
}

describe('the handshake', () => {
  it('initialises the extension with what the host knows', async () => {
    const frame = await host.open('/looks/12?step=2')
    const data = await host.inside(frame, ({ sdk, initialRoute }) => ({
      ...sdk.lookerHostData,
      initialRoute,
    }))
    expect(data).toMatchObject({
      extensionId: ID,
      lookerVersion: '26.12.0',
      hostOrigin: host.looker.origin,
      hostType: 'standard',
      mountPoint: 'standalone',
      initialRoute: '/looks/12?step=2',
    })
    expect(await host.inside(frame, ({ sdk }) => sdk.verifyHostConnection())).toBe(true)
    await host.page.waitForFunction(() => document.body.dataset.extension?.startsWith('SDK '))
  })

  it.each([
    ['/spartan', 'spartan'],
    ['/embed/extensions', 'embed'],
  ])('works under %s, without the pages around it', async (path, hostType) => {
    const frame = await host.open('/one?two=3', path)
    const data = await host.inside(frame, ({ sdk, initialRoute }) => [
      sdk.lookerHostData?.hostType,
      initialRoute,
    ])
    expect(data).toEqual([hostType, '/one?two=3'])
    expect(await host.page.locator('nav').count()).toBe(0)
  })

  it('gives a frame that reloads a new host', async () => {
    const again = await reload(await host.open())
    expect(await host.inside(again, ({ sdk }) => sdk.verifyHostConnection())).toBe(true)
  })

  it('ends when the frame has reloaded three times within 30 seconds, and says so', async () => {
    let frame = await host.open()
    for (let reloads = 0; reloads < 3; reloads += 1) frame = await reload(frame)
    expect(await host.page.locator('#host-problem').isVisible()).toBe(false)
    await frame.evaluate(() => location.reload()).catch(() => {})
    await host.page.getByText('unloaded more than 3 times within 30 seconds').waitFor()
    expect(await host.page.locator('#extension iframe').count()).toBe(0)
    await host.page.reload()
    expect(await host.inside(await host.connected(), ({ sdk }) => sdk.verifyHostConnection())).toBe(true)
  })

  it('tells a version that is too low', async () => {
    await host.page.goto(`${host.looker.origin}/extensions/${ID}/?sandbox.lookerVersion=21.0.0`)
    await expect.poll(() => host.page.getAttribute('body', 'data-extension')).toContain('version')
  })

  it('does not initialise an extension whose Ack is lost', async () => {
    await host.page.goto(`${host.looker.origin}/extensions/${ID}/?sandbox.dropAck=yes`)
    await host.page.waitForSelector('body[data-lost-ack]')
    const [, frame] = host.page.frames()
    expect(await frame!.evaluate(() => window.fixture)).toBeUndefined()
    expect(await host.page.getAttribute('body', 'data-extension')).toBeNull()
  })
})
