import { describe, expect, it } from 'vitest'
import { readManifest } from './read-manifest.ts'

function manifest(entitlements: string, more = 'url: "@{SERVER}/extension/bundle.js"'): string {
  return `
project_name: "my-project"
constant: SERVER { value: "https://default.example.com" export: override_required }
constant: FIXED { value: "fixed" }
application: my-app {
  label: "My @{FIXED} app"
  ${more}
  ${entitlements}
}`
}

const NONE = 'entitlements: {}'

describe('readManifest', () => {
  it('reads id, label, bundle and entitlements; what is left out is denied', () => {
    const read = readManifest(
      manifest(`entitlements: {
        local_storage: yes
        navigation: no
        core_api_methods: ["me", "look"]
        external_api_urls: ["@{SERVER}"]
      }`),
    )
    expect(read).toMatchObject({
      extensionId: 'my-project::my-app',
      label: 'My fixed app',
      bundle: { kind: 'url', url: 'https://default.example.com/extension/bundle.js' },
      entitlements: {
        local_storage: true,
        navigation: false,
        new_window: false,
        core_api_methods: ['me', 'look'],
        external_api_urls: ['https://default.example.com'],
        scoped_user_attributes: [],
      },
    })
  })

  it('takes the values of the admin for constants that are open', () => {
    const { bundle } = readManifest(manifest(NONE), { SERVER: 'https://mine.example.com' })
    expect(bundle).toEqual({ kind: 'url', url: 'https://mine.example.com/extension/bundle.js' })
    expect(() => readManifest(manifest(NONE), { FIXED: 'x' })).toThrow('FIXED cannot be overridden')
    expect(() => readManifest(manifest(NONE), { OTHER: 'x' })).toThrow('OTHER cannot be overridden')
  })

  it('knows an application without entitlements', () => {
    expect(readManifest(manifest('')).entitlements).toBeNull()
  })

  it.each([
    [
      'a faulty name',
      manifest('entitlements: { core_api_method: ["me"] }'),
      'no entitlement core_api_method',
    ],
    ['a list for a switch', manifest('entitlements: { navigation: ["a"] }'), 'navigation is yes or no'],
    ['a switch for a list', manifest('entitlements: { core_api_methods: yes }'), 'is a list'],
    ['url and file', manifest(NONE, 'url: "https://a.co/b.js" file: "b.js"'), 'not both'],
    ['no bundle', manifest(NONE, ''), 'neither url nor file'],
    ['an unknown constant', manifest(NONE, 'url: "@{NOTHING}"'), 'no constant NOTHING'],
    ['no project', 'application: a { file: "b.js" }', 'project_name'],
    ['no application', 'project_name: "p"', 'one application'],
    ['no LookML', 'project_name: {{{', 'no LookML'],
  ])('refuses %s', (_what, text, message) => {
    expect(() => readManifest(text)).toThrow(message)
  })
})
