import { describe, expect, it } from 'vitest'
import { validListing } from '../testing/fake-action.ts'
import { checkListing } from './action-listing.ts'

const valid = () => validListing('https://hub.example.com')

function withIntegration(change: Record<string, unknown>) {
  const listing = valid()
  return { ...listing, integrations: [{ ...listing.integrations[0], ...change }] }
}

describe('checkListing', () => {
  it('takes the documented listing', () => {
    expect(checkListing(valid())).toMatchObject({ kind: 'valid', integrations: [{ name: 'heap' }] })
  })

  it('takes a listing with the required keys only', () => {
    const integration = {
      name: 'a',
      label: 'A',
      url: 'https://a.example/x',
      supported_action_types: ['query'],
    }
    expect(checkListing({ integrations: [integration] })).toMatchObject({ kind: 'valid' })
  })

  it.each([
    ['a relative url', { url: '/actions/heap/execute' }],
    ['a relative form_url', { form_url: 'actions/heap/form' }],
    ['no url', { url: undefined }],
    ['no name', { name: undefined }],
    ['no label', { label: undefined }],
    ['no action types', { supported_action_types: [] }],
    ['an unknown action type', { supported_action_types: ['look'] }],
    ['an unknown format', { supported_formats: ['json_lite'] }],
    ['an unknown formatting', { supported_formattings: ['raw'] }],
    ['an unknown download setting', { supported_download_settings: ['URL'] }],
    ['a misspelt key', { suported_formats: ['json_detail'] }],
    ['an icon that is no data URI', { icon_data_uri: 'https://hub.example.com/icon.svg' }],
    ['a text where a boolean belongs', { uses_oauth: 'false' }],
    ['a param without a label', { params: [{ name: 'key' }] }],
  ])('refuses %s', (_what, change) => {
    expect(checkListing(withIntegration(change)).kind).toBe('refused')
  })

  it.each([
    ['nothing', null],
    ['a list', []],
    ['no integrations', { label: 'x' }],
    ['an empty list of integrations', { integrations: [] }],
  ])('refuses %s', (_what, listing) => {
    expect(checkListing(listing).kind).toBe('refused')
  })

  it('refuses two integrations of one name', () => {
    const { integrations } = valid()
    const result = checkListing({ integrations: [...integrations, ...integrations] })
    expect(result).toEqual({ kind: 'refused', problems: ['two integrations are called heap'] })
  })

  it('says where the problem is', () => {
    const result = checkListing(withIntegration({ url: 7 }))
    expect(result).toMatchObject({ problems: [expect.stringMatching(/^\/integrations\/0\/url /)] })
  })
})
