import { expect, it } from 'vitest'
import { createEntityWriter } from './entity-line.ts'
import type { HeapTarget } from './heap-target.ts'
import { requestEnvelope } from './heap-target.ts'

const NAMES = ['Plan', 'Seats']

function requestOf(target: HeapTarget, key: string) {
  const { path, head, tail } = requestEnvelope(target)
  return { path, body: JSON.parse(head + createEntityWriter(target, NAMES)(key, ['Pro', 12]) + tail) }
}

// The bodies are Heap's documented samples, and those of Heap's own action (heap/actions, heap.ts).

it('follows the documentation', () => {
  expect(requestOf({ environmentId: '11', propertyType: 'user', manner: 'documented' }, 'a@x.io')).toEqual({
    path: '/api/add_user_properties',
    body: { app_id: '11', users: [{ identity: 'a@x.io', properties: { Plan: 'Pro', Seats: 12 } }] },
  })
  expect(requestOf({ environmentId: '11', propertyType: 'account', manner: 'documented' }, 'acme')).toEqual({
    path: '/api/add_account_properties',
    body: { app_id: '11', accounts: [{ account_id: 'acme', properties: { Plan: 'Pro', Seats: 12 } }] },
  })
})

it("follows Heap's own action", () => {
  expect(requestOf({ environmentId: '11', propertyType: 'user', manner: 'heap_action' }, 'a@x.io')).toEqual({
    path: '/api/integrations/add_user_properties',
    body: {
      app_id: '11',
      library: 'looker',
      users: [{ user_identifier: { email: 'a@x.io' }, properties: { Plan: 'Pro', Seats: '12' } }],
    },
  })
  expect(requestOf({ environmentId: '11', propertyType: 'account', manner: 'heap_action' }, 'acme')).toEqual({
    path: '/api/add_account_properties',
    body: {
      app_id: '11',
      library: 'looker',
      accounts: [{ account_id: 'acme', properties: { Plan: 'Pro', Seats: '12' } }],
    },
  })
})
