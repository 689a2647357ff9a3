// @vitest-environment jsdom

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cleanup, render } from '@testing-library/react'
import { assert, constantFrom, nat, property } from 'fast-check'
import React from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import i18next, { i18nInitComponents, mergeLocaleObjects, useTranslationBase } from './looker-i18n.ts'
import { intersects } from './looker-version.ts'
import { Helmet, HelmetProvider } from './no-helmet.tsx'

const require = createRequire(import.meta.url)

afterEach(cleanup)

describe('looker-version', () => {
  test('answers as semver does', () => {
    const oracle = require('semver/ranges/intersects') as typeof intersects
    const part = nat({ max: 30 })
    const rest = constantFrom('', '.0', '.17')
    assert(
      property(part, part, part, part, rest, (major, minor, hasMajor, hasMinor, end) => {
        const version = `${hasMajor}.${hasMinor}${end}`
        expect(intersects(`>=${major}.${minor}`, version)).toBe(oracle(`>=${major}.${minor}`, version))
      }),
    )
  })

  test.each([
    ['^7.0', '7.1'],
    ['>=7.0', 'unknown'],
  ])('refuses what it cannot compare: %s and %s', (range, version) => {
    expect(() => intersects(range, version)).toThrow(TypeError)
  })

  test('compares all that @looker/extension-sdk asks', () => {
    const file = require.resolve('@looker/extension-sdk/lib/esm/connect/extension_host_api.js')
    const asked = [...readFileSync(file, 'utf8').matchAll(/verifyLookerVersion\('([^']+)'\)/g)]
    expect(asked.length).toBeGreaterThan(0)
    for (const [, range = ''] of asked) expect(intersects(range, '25.20.11')).toBe(true)
  })
})

describe('looker-i18n', () => {
  const english = mergeLocaleObjects(
    [{ resources: { en: { Panel: { CloseTitle: 'Close {{title}}' } } } }],
    'en',
    { Dialog: { Cancel: 'Cancel' } },
  )

  test('gives the texts with their values', () => {
    expect(useTranslationBase(english, 'Panel').t('CloseTitle', { title: 'me' })).toBe('Close me')
    expect(useTranslationBase(english, 'Dialog').t('Cancel')).toBe('Cancel')
  })

  test('gives the name where there is no text', () => {
    expect(useTranslationBase(english, 'Dialog').t('Save')).toBe('Save')
    expect(useTranslationBase({}, 'Nowhere').t('Save')).toBe('Save')
  })

  test('has begun, so that the provider waits for nothing', () => {
    expect(i18next.isInitialized).toBe(true)
    expect(i18nInitComponents()).toBeUndefined()
  })
})

test('no-helmet shows what it holds', () => {
  const { container } = render(
    <HelmetProvider>
      <Helmet>
        <style>{'p { color: red }'}</style>
      </Helmet>
      <p>Text</p>
    </HelmetProvider>,
  )
  expect(container.innerHTML).toBe('<style>p { color: red }</style><p>Text</p>')
})
