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

const HASH = 'oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC'

function readApplications(text: string, constants?: Record<string, string>) {
  return readManifest(text, constants).applications
}

describe('readManifest', () => {
  it('reads id, label, bundle and entitlements; what is left out is denied', () => {
    const [read] = readApplications(
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
    const [read] = readApplications(manifest(NONE), { SERVER: 'https://mine.example.com' })
    expect(read.bundle).toEqual({ kind: 'url', url: 'https://mine.example.com/extension/bundle.js' })
    expect(() => readManifest(manifest(NONE), { FIXED: 'x' })).toThrow('FIXED cannot be overridden')
    expect(() => readManifest(manifest(NONE), { OTHER: 'x' })).toThrow('OTHER cannot be overridden')
  })

  it('knows an application without entitlements', () => {
    expect(readApplications(manifest(''))[0].entitlements).toBeNull()
  })

  it('reads several applications, each for itself', () => {
    const more = `application: other { file: "other.js" sri_hash: "${HASH}" mount_points: { standalone: no } }`
    const [first, second] = readApplications(`${manifest('entitlements: { navigation: yes }')} ${more}`)
    expect(first).toMatchObject({ sriHash: null, isStandalone: true, warnings: [] })
    expect(second).toEqual({
      extensionId: 'my-project::other',
      label: 'other',
      bundle: { kind: 'file', file: 'other.js' },
      sriHash: HASH,
      isStandalone: false,
      entitlements: null,
      warnings: [],
    })
  })

  it.each([
    ['a parameter', 'file: "b.js" icon: "i.svg"', 'the parameter icon, which is not known'],
    ['a mount point', 'file: "b.js" mount_points: { sidebar: yes }', 'the mount point sidebar'],
    ['an old entitlement', 'file: "b.js" entitlements: { allow_same_origin: yes }', 'called use_embeds now'],
  ])('warns of %s that is not known', (_what, more, warning) => {
    const [read] = readApplications(manifest('', more))
    expect(read.warnings).toEqual([expect.stringContaining(warning)])
    expect(read.entitlements?.use_embeds ?? false).toBe(false)
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
    ['no application', 'project_name: "p"', 'there is no application'],
    ['two of one name', `${manifest(NONE)} application: my-app { file: "b.js" }`, 'two applications my-app'],
    ['two bundles', manifest(NONE, 'file: "a.js" file: "b.js"'), 'more than one'],
    [
      'a hash with its prefix',
      manifest(NONE, `file: "b.js" sri_hash: "sha384-${HASH}"`),
      'without "sha384-"',
    ],
    ['a hash that is none', manifest(NONE, 'file: "b.js" sri_hash: "abc"'), '64 characters'],
    ['no LookML', 'project_name: {{{', 'no LookML'],
  ])('refuses %s', (_what, text, message) => {
    expect(() => readManifest(text)).toThrow(message)
  })
})
