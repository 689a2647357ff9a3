import { expect, test } from 'vitest'
import { toDelivery } from './delivery-request.ts'

const FORM = { env_id: '11', property_type: 'user', heap_field: 'Email' }

test.each([
  ['its address', { url: 'https://Acme.cloud.looker.com/looks/42' }, 'https://acme.cloud.looker.com'],
  [
    'its address with a port',
    { url: 'https://acme.example.com:9999/looks/42' },
    'https://acme.example.com:9999',
  ],
  [
    'the address of its query',
    { url: null, query: { url: 'https://acme.cloud.looker.com/explore/a/b' } },
    'https://acme.cloud.looker.com',
  ],
  [
    'where its rows are',
    { url: '', query: {}, download_url: 'https://acme.cloud.looker.com/downloads/T' },
    'https://acme.cloud.looker.com',
  ],
  [
    'the first of them',
    { url: 'https://a.example.com/', query: { url: 'https://b.example.com/' } },
    'https://a.example.com',
  ],
  ['none', {}, null],
  ['one that is none', { url: '/looks/42', download_url: 'file:///etc/passwd' }, null],
  ['a broken one', { url: 'https://[', query: { url: 7 } }, null],
])('the Looker of a delivery is known by %s', (_what, plan, origin) => {
  const envelope = {
    body: { scheduled_plan: { scheduled_plan_id: 7, ...plan }, form_params: FORM },
    attachment: null,
    dispose: async () => undefined,
  }
  expect(toDelivery({}, envelope, 1).lookerOrigin).toBe(origin)
})
