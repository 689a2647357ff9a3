import { describe, expect, it } from 'vitest'
import { hostFixture } from './host-fixture.ts'

const host = hostFixture()

describe('the frame', () => {
  it('is a sandboxed document without anything but the script', async () => {
    const frame = await host.open()
    expect(await host.page.getAttribute('#extension iframe', 'sandbox')).toBe('allow-scripts allow-forms')
    expect(await host.page.getAttribute('#extension iframe', 'title')).toBe('Test extension')
    const facts = await frame.evaluate(() => ({
      origin: window.origin,
      atStart: window.fixture?.atStart,
      children: document.body.childElementCount,
      charset: document.characterSet,
      lang: document.documentElement.lang,
      metadata: window.lookerExtensionMetadata,
    }))
    expect(facts).toMatchObject({
      origin: 'null',
      atStart: { hasBody: false, mode: 'CSS1Compat', elements: 2 },
      charset: 'UTF-8',
      children: 0,
      lang: '',
      metadata: { label: 'Test extension', entitlements: { local_storage: true, use_embeds: false } },
    })
    expect(new URL(frame.url()).origin).not.toBe(host.looker.origin)
  })

  it('may reach entitled servers only, and those by CORS', async () => {
    const frame = await host.open()
    const reach = (url: string) =>
      frame.evaluate(
        (target) =>
          fetch(target).then(
            () => 'reached',
            (error) => String(error),
          ),
        url,
      )
    host.backend.allowed.add('null')
    expect(await reach(`${host.backend.origin}/direct`)).toBe('reached')
    host.backend.allowed.delete('null')
    expect(await reach(`${host.backend.origin}/direct`)).toContain('Failed to fetch')
    expect(await reach(`${host.looker.hub.origin}/`)).toContain('Failed to fetch')
  })

  it('is not served for another extension', async () => {
    const answer = await host.page.goto(`${host.looker.origin}/extensions/other::app/`)
    expect(answer?.status()).toBe(404)
  })
})
