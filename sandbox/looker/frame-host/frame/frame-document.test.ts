import { expect, it } from 'vitest'
import { readManifest } from '../manifest/read-manifest.ts'
import { frameDocument, framePolicy } from './frame-document.ts'

const HASH = 'oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC'

function extension(url: string) {
  const text = `project_name: "p" application: a { url: "${url}" sri_hash: "${HASH}" entitlements: {} }`
  return readManifest(text).applications[0]
}

it.each([
  ['https://cdn.example.com/app/bundle.js', true],
  ['https://localhost:8080/bundle.js', false],
  ['http://127.0.0.1:8080/bundle.js', false],
])('has the browser check the hash of %s: %s', (url, isChecked) => {
  const document = frameDocument(extension(url), url, 'nonce')
  const attributes = `src="${url}" integrity="sha384-${HASH}" crossorigin="anonymous"`
  expect(document.includes(attributes)).toBe(isChecked)
  expect(document.includes('integrity')).toBe(isChecked)
})

it('allows scripts from the folder of the bundle, and from nowhere else', () => {
  const url = 'https://cdn.example.com/app/bundle.js?v=3'
  const policy = framePolicy(extension(url), url, 'nonce')
  expect(policy).toContain("script-src 'nonce-nonce' https://cdn.example.com/app/;")
  expect(policy).toContain("connect-src 'none'")
})

it('keeps labels and URLs from ending the script or the attribute', () => {
  const manifest = { ...extension('https://a.example.com/b.js'), label: '</script><script>alert(1)</script>' }
  const document = frameDocument(manifest, 'https://a.example.com/"><b>.js', 'nonce')
  expect(document).not.toContain('<script>alert')
  expect(document).not.toContain('"><b>')
})
