import { describe, expect, test } from 'vitest'
import { fakeLooker } from '../testing/fake-looker.ts'
import { aState } from '../testing/fake-state.ts'
import { findServerUrl } from './server-url.ts'

const hostWith = (url: string | null) =>
  fakeLooker(aState({ attributes: new Map(url === null ? [] : [['action_server_url', url]]) })).host

const frameWith = (urls: unknown) => ({
  lookerExtensionMetadata: { entitlements: { external_api_urls: urls } },
})

describe('the address of the action server', () => {
  test('is what the user attribute says', async () => {
    await expect(findServerUrl(hostWith('https://a.example.com/'), '', {})).resolves.toBe(
      'https://a.example.com',
    )
  })

  test('is where the bundle came from', async () => {
    const script = 'https://b.example.com/heap/extension/bundle.js?v=1'
    await expect(findServerUrl(hostWith(null), script, {})).resolves.toBe('https://b.example.com/heap')
  })

  test('is what Looker lets the extension call', async () => {
    const frame = frameWith(['https://*.example.com', 'https://c.example.com'])
    const script = 'https://looker.example.com/projects/x/files/dist/bundle.js'
    await expect(findServerUrl(hostWith(null), script, frame)).resolves.toBe('https://c.example.com')
  })

  test.each([[{}], [frameWith('https://c.example.com')], [frameWith(['@{ACTION_SERVER_URL}'])]])(
    'is not known from %j',
    async (frame) => {
      await expect(findServerUrl(hostWith(null), '', frame)).rejects.toMatchObject({ kind: 'no_url' })
    },
  )
})
