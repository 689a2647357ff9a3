import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'lookml-parser'
import { describe, expect, test } from 'vitest'
import { SERVER_URL_ATTRIBUTE } from '../shared/set-up/installed-names.ts'
import { CORE_METHODS } from './looker/core-methods.ts'

type Application = { url: string; label: string; entitlements: Record<string, unknown> }
type Manifest = {
  project_name: string
  constant: Record<string, { value: string; export: string }>
  application: Record<string, Application>
}

const root = join(import.meta.dirname, '..')
const manifest = parse(readFileSync(join(root, 'manifest.lkml'), 'utf8')) as Manifest
const application = manifest.application.heap_data_import!
const { $strings: _s, $type: _t, ...entitlements } = application.entitlements

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => /(?<!\.test)\.tsx?$/.test(path) && !path.startsWith('testing'))
  .map((path) => ({ path, text: readFileSync(join(import.meta.dirname, path), 'utf8') }))

const calls = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/\bsdk\.(\w+)\(/g)].map((match) => ({ path, method: match[1]! })),
)
const code = sources.map(({ text }) => text).join('\n')

describe('the methods of the API', () => {
  test('that the manifest grants are those that the code calls', () => {
    expect(entitlements.core_api_methods).toEqual([...new Set(calls.map(({ method }) => method))].sort())
  })

  test('are those that the code knows it may call', () => {
    expect(entitlements.core_api_methods).toEqual([...CORE_METHODS])
  })

  test('are called in the folder looker, one method a file', () => {
    for (const { path } of calls) expect(path).toMatch(/^looker/)
    for (const path of new Set(calls.map((call) => call.path))) {
      expect(new Set(calls.filter((call) => call.path === path).map(({ method }) => method)).size).toBe(1)
    }
  })
})

describe('the other entitlements', () => {
  test('are all of these and no others', () => {
    const { core_api_methods: _methods, ...others } = entitlements
    expect(others).toEqual({
      local_storage: true,
      navigation: true,
      new_window: true,
      use_form_submit: true,
      use_downloads: true,
      external_api_urls: ['@{ACTION_SERVER_URL}'],
      global_user_attributes: ['locale'],
      scoped_user_attributes: [SERVER_URL_ATTRIBUTE],
    })
  })

  test.each([
    ['local_storage', /localStorage(Get|Set|Remove)Item\(/],
    ['navigation', /history\.push\(/],
    ['new_window', /openBrowserWindow\(/],
    ['use_form_submit', /<form\b/],
    ['use_downloads', /\blink\.download = /],
    ['external_api_urls', /\b(fetch|server)Proxy\(/],
    ['global_user_attributes', /userAttributeGetItem\('locale'\)/],
    ['scoped_user_attributes', /userAttributeGetItem\(SERVER_URL_ATTRIBUTE\)/],
  ])('%s is used', (_name, use) => {
    expect(code).toMatch(use)
  })

  test.each([
    ['use_embeds or direct storage', /\b(window\.)?(localStorage|sessionStorage|indexedDB)\./],
    ['use_clipboard', /clipboard/i],
    ['raw_api_request', /invokeCoreSdkRaw/],
    ['a direct request', /\bfetch\(/],
    ['context data, which all users share', /ContextData\(/],
  ])('%s is not', (_name, use) => {
    expect(code).not.toMatch(use)
  })
})

test('an admin has to say where the action server is, once', () => {
  expect(manifest.constant.ACTION_SERVER_URL).toMatchObject({
    value: expect.stringMatching(/^https:\/\/[^/]+$/),
    export: 'override_required',
  })
  expect(application.url).toBe('@{ACTION_SERVER_URL}/extension/bundle.js')
})
