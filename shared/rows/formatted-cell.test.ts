import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unwrapAnchor } from './formatted-cell.ts'

const looker = (text: string) =>
  `<a href='/explore/shop/orders?fields=orders.id' class='cell-clickable-content' target='_self'>${text}</a>`

test.each(['$1,234.50', '-12', '0', '', '1.5e-7', 'Ann Lee', '2026-03-05'])(
  'the text %j is taken out of the link that Looker puts around a formatted cell',
  (text) => expect(unwrapAnchor(looker(text))).toBe(text),
)

test.each([
  ["<a href='/explore/x'>5</a>", '5'],
  ['<a href="/explore/x" target="_self">5</a>', '5'],
  ['<a class="cell-clickable-content" href="#drillmenu">5</a>', '5'],
])('%s is such a link', (value, text) => expect(unwrapAnchor(value)).toBe(text))

test('a ">" inside an attribute does not end the link', () => {
  const value = `<a href='/explore/x?f[orders.total]=>5' class='cell-clickable-content'>12</a>`
  expect(unwrapAnchor(value)).toBe('12')
})

test('entities are decoded once', () => {
  expect(
    unwrapAnchor(looker('Tom &amp; Co &lt;x&gt; &quot;q&quot; &#39;a&#39; &#x27;b&#x27; 1&nbsp;000')),
  ).toBe(`Tom & Co <x> "q" 'a' 'b' 1 000`)
  expect(unwrapAnchor(looker('&amp;lt;'))).toBe('&lt;')
  expect(unwrapAnchor(looker('&copy;'))).toBe('&copy;')
})

test.each([
  'plain',
  '',
  '<a',
  '<a ',
  '<a >',
  '<a </a>',
  '<b>5</b>',
  'see <a href="/x">5</a>',
  '<a href="/x">5</a> and more',
  '<a href="https://other.example.com/x">home page</a>',
  '<a href="/x"><b>5</b></a>',
  '<a href="/x">5</a><a href="/y">6</a>',
  '<a href="/x>5</a>',
  '<a href="/x">12345',
  '<b href="/x">5</a>',
])('%j is left alone', (value) => expect(unwrapAnchor(value)).toBeUndefined())

test('any text without markup survives the wrapping', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      expect(unwrapAnchor(looker(escaped))).toBe(text)
    }),
  )
})

test('a huge cell that only begins like a link is no link', () => {
  expect(unwrapAnchor(`<a ${'x'.repeat(20_000_000)}</a>`)).toBeUndefined()
})
