import fc from 'fast-check'
import { expect, test } from 'vitest'
import { versionsFit } from './versions-fit.ts'

test.each([
  ['0.1.0', '0.1.9', 'fit'],
  ['0.1.0', '0.2.0', 'extension_older'],
  ['0.10.0', '0.9.0', 'server_older'],
  ['1.0.0', '2.0.0', 'extension_older'],
  ['1.2.0-rc.1', '1.2.0', 'fit'],
  ['', '1.0.0', 'unknown'],
  ['1.0.0', 'dev', 'unknown'],
] as const)('an extension %s and a server %s: %s', (extension, server, fit) => {
  expect(versionsFit(extension, server)).toBe(fit)
})

test('one is older as the other is newer', () => {
  const number = fc.nat({ max: 30 })
  const version = fc.tuple(number, number, number).map((parts) => parts.join('.'))
  fc.assert(
    fc.property(version, version, (one, other) => {
      const turned = { fit: 'fit', extension_older: 'server_older', server_older: 'extension_older' } as const
      const fit = versionsFit(one, other)
      expect(fit).not.toBe('unknown')
      if (fit !== 'unknown') expect(versionsFit(other, one)).toBe(turned[fit])
    }),
  )
})
