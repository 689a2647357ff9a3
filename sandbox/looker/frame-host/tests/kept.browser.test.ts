import { describe, expect, it } from 'vitest'
import { LEAD } from '../../testing/start-looker.ts'
import { hostFixture, ID } from './host-fixture.ts'

const host = hostFixture()

describe('what the host keeps', () => {
  it('stores texts under a prefix of the extension, over a reload', async () => {
    const frame = await host.open()
    expect(await host.inside(frame, ({ sdk }) => sdk.localStorageSetItem('draft', 'kept'))).toBe(true)
    expect(await host.inside(frame, ({ sdk }) => sdk.localStorageGetItem('none'))).toBeNull()
    expect(await host.page.evaluate((id) => localStorage.getItem(`${id}:draft`), ID)).toBe('kept')
    await host.page.reload()
    const again = await host.connected()
    expect(await host.inside(again, ({ sdk }) => sdk.localStorageGetItem('draft'))).toBe('kept')
    expect(await host.inside(again, ({ sdk }) => sdk.localStorageRemoveItem('draft'))).toBe(true)
    expect(await host.inside(again, ({ sdk }) => sdk.localStorageGetItem('draft'))).toBeNull()
  })

  it('has no context data as long as nobody has saved any', async () => {
    const frame = await host.open()
    expect(await host.inside(frame, ({ initialContext }) => initialContext)).toBeUndefined()
    expect(await host.inside(frame, ({ sdk }) => sdk.getContextData())).toBeUndefined()
    expect(await host.inside(frame, ({ sdk }) => sdk.refreshContextData())).toBeUndefined()
    expect(await host.inside(frame, ({ sdk }) => sdk.lookerHostData)).not.toHaveProperty('contextData', '{}')
  })

  it('forgets context data that is saved as nothing', async () => {
    const frame = await host.open()
    await host.inside(frame, ({ sdk }) => sdk.saveContextData({ colour: 'red' }))
    await host.inside(frame, ({ sdk }) => sdk.saveContextData(undefined))
    expect(await host.inside(frame, ({ sdk }) => sdk.refreshContextData())).toBeUndefined()
  })

  it('takes 16 MB of context data, and says that more is too much', async () => {
    const frame = await host.open()
    const save = (bytes: number) =>
      host.refusal(
        frame,
        async ({ sdk }, length) => {
          await sdk.saveContextData('x'.repeat(length ?? 0))
          return String(await sdk.refreshContextData()).length
        },
        bytes,
      )
    const most = 16 * 1024 * 1024 - '""'.length
    expect(await save(most)).toBe(`answered ${most}`)
    expect(await save(most + 1)).toContain('16 MB at most')
    await host.inside(frame, ({ sdk }) => sdk.saveContextData(undefined))
  })

  it('keeps context data for all users', async () => {
    const frame = await host.open()
    await host.inside(frame, ({ sdk }) => sdk.saveContextData({ colour: 'blue' }))
    expect(await host.inside(frame, ({ sdk }) => sdk.refreshContextData())).toEqual({ colour: 'blue' })
    await host.become(LEAD)
    const other = await host.open()
    expect(await host.inside(other, ({ sdk }) => sdk.getContextData())).toEqual({ colour: 'blue' })
  })

  it('knows user attributes by the rules of their kind', async () => {
    const { attributes } = host.looker.looker.instance
    attributes.define({ name: 'test_project_test_app_note', default_value: 'default' })
    attributes.define({ name: 'test_project_test_app_secret', default_value: 'hush', value_is_hidden: true })
    const frame = await host.open()
    expect(await host.inside(frame, ({ sdk }) => sdk.userAttributeGetItem('locale'))).toBe('en')
    expect(await host.inside(frame, ({ sdk }) => sdk.userAttributeGetItem('note'))).toBe('default')
    expect(await host.inside(frame, ({ sdk }) => sdk.userAttributeSetItem('note', 'mine'))).toBe(true)
    expect(await host.inside(frame, ({ sdk }) => sdk.userAttributeGetItem('note'))).toBe('mine')
    await host.inside(frame, ({ sdk }) => sdk.userAttributeResetItem('note'))
    expect(await host.inside(frame, ({ sdk }) => sdk.userAttributeGetItem('note'))).toBe('default')
    expect(await host.inside(frame, ({ sdk }) => sdk.userAttributeGetItem('secret'))).toBeNull()
    expect(await host.refusal(frame, ({ sdk }) => sdk.userAttributeGetItem('missing'))).toMatch(
      /is not defined/,
    )
    expect(await host.refusal(frame, ({ sdk }) => sdk.userAttributeSetItem('locale', 'de'))).toMatch(
      /not entitled/,
    )
    expect(await host.refusal(frame, ({ sdk }) => sdk.userAttributeGetItem('email'))).toMatch(/not entitled/)
  })
})

describe('a host whose unknown answers are the others', () => {
  const other = hostFixture({ unknowns: { neverSaved: 'null', hiddenAttribute: 'refused' } })

  it('has null for context data that nobody has saved', async () => {
    const frame = await other.open()
    expect(await other.inside(frame, ({ initialContext }) => initialContext)).toBeNull()
    expect(await other.inside(frame, ({ sdk }) => sdk.getContextData())).toBeUndefined()
    expect(await other.inside(frame, ({ sdk }) => sdk.refreshContextData())).toBeUndefined()
  })

  it('refuses to read a hidden attribute', async () => {
    const name = 'test_project_test_app_secret'
    other.looker.looker.instance.attributes.define({ name, default_value: 'hush', value_is_hidden: true })
    const frame = await other.open()
    const refusal = await other.refusal(frame, ({ sdk }) => sdk.userAttributeGetItem('secret'))
    expect(refusal).toMatch(/is hidden/)
    expect(refusal).not.toContain('hush')
  })
})
