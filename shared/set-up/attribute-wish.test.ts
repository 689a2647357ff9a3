import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressWish, attributeFaults, needsNewAttribute, secretWish } from './attribute-wish.ts'

const WISH = secretWish('heap_data_import', 'https://one.example.com')

test('the names are those that Looker gives attributes of the extension', () => {
  expect(WISH.name).toBe('heap_data_import_heap_data_import_action_server_token')
  expect(addressWish('my-block').name).toBe('my_block_heap_data_import_action_server_url')
  expect(WISH.hidden_value_domain_whitelist).toBe('https://one.example.com/api/token')
})

test('what is as wished has no fault; nor has what Looker adds to it', () => {
  expect(attributeFaults({ id: '1', ...WISH }, WISH)).toEqual([])
  const list = ' https://one.example.com/api/token/ '
  expect(attributeFaults({ id: '1', ...WISH, hidden_value_domain_whitelist: list }, WISH)).toEqual([])
})

test('an allow-list that lets the secret go anywhere else is a fault', () => {
  const pattern = fc.constantFrom(
    'https://one.example.com/*',
    'https://one.example.com',
    '*',
    'https://evil.example.com',
  )
  fc.assert(
    fc.property(fc.array(pattern), fc.boolean(), (others, withRight) => {
      const right = withRight ? ['https://one.example.com/api/token'] : []
      const list = [...right, ...others].join(',')
      const faults = attributeFaults({ id: '1', ...WISH, hidden_value_domain_whitelist: list }, WISH)
      expect(faults.includes('allowlist')).toBe(!(withRight && others.length === 0))
    }),
  )
})

test.each([
  [{ value_is_hidden: false }, 'hidden', true],
  [{ type: 'number' }, 'type', true],
  [{ hidden_value_domain_whitelist: null }, 'allowlist', true],
  [{ user_can_edit: true }, 'editable', false],
  [{ user_can_view: false }, 'not_viewable', false],
] as const)('%j', (change, fault, isNew) => {
  const faults = attributeFaults({ id: '1', ...WISH, ...change }, WISH)
  expect(faults).toEqual([fault])
  expect(needsNewAttribute(faults)).toBe(isNew)
})
