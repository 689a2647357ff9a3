import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'lookml-parser'
import { describe, expect, test } from 'vitest'
import { SERVER_URL_ATTRIBUTE } from '../shared/set-up/installed-names.ts'
import { SET_UP_METHODS } from '../shared/set-up/set-up-api.ts'
import { CORE_METHODS } from './looker/core-methods.ts'

type Application = { file: string; label: string; entitlements: Record<string, unknown> }
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
  .filter((path) => /(?<!\.test)\.tsx?$/.test(path) && !/^(testing|admin|set-up-main)/.test(path))
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
  expect(application.file).toBe('dist/bundle.js')
})

describe('the application for admins', () => {
  const setUp = manifest.application.heap_data_import_set_up!
  const shared = join(root, 'shared/set-up')
  const files = [
    ...readdirSync(shared).map((file) => join(shared, file)),
    ...readdirSync(join(import.meta.dirname, 'admin')).map((file) =>
      join(import.meta.dirname, 'admin', file),
    ),
  ]
  const text = files
    .filter((file) => !file.includes('.test.'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')

  test('is granted the methods that its code calls, and no others', () => {
    const called = new Set([...text.matchAll(/\bsdk\.(\w+)\(/g)].map((match) => match[1]!))
    expect(setUp.entitlements.core_api_methods).toEqual([...called].sort())
    expect(setUp.entitlements.core_api_methods).toEqual([...SET_UP_METHODS])
  })

  test('keeps what changes Looker from the pages of analysts', () => {
    const analysts = entitlements.core_api_methods as string[]
    const changing = SET_UP_METHODS.filter((method) => /^(create|update|delete|accept)_/.test(method))
    expect(analysts.filter((method) => (changing as readonly string[]).includes(method))).toEqual([])
  })

  test('has the entitlements that its code uses besides', () => {
    const { core_api_methods: _m, $strings: _x, $type: _y, ...others } = setUp.entitlements
    expect(others).toEqual({ use_clipboard: true, external_api_urls: ['@{ACTION_SERVER_URL}'] })
    expect(text).toMatch(/clipboardWrite\(/)
    expect(text).toMatch(/serverProxy\(/)
    expect(text).not.toMatch(/localStorage|history\.push|openBrowserWindow|<form\b|fetchProxy/)
  })
})
