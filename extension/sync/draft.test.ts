import { describe, expect, test } from 'vitest'
import { isSyncId } from '../../shared/settings/sync-id.ts'
import { aDraft } from '../testing/a-draft.ts'
import { emptyDraft, readDraft, syncName, withLook, withSyncId, writeDraft } from './draft.ts'

describe('stored changes to a sync', () => {
  const base = aDraft({ name: 'Mine' })
  const text = writeDraft({ ...base, environmentId: '12' }, base)

  test('come back while the sync is as it was', () => {
    expect(readDraft(text, base)).toEqual({ ...base, environmentId: '12' })
  })

  test('are dropped when somebody changed it', () => {
    expect(readDraft(text, { ...base, name: 'Ours' })).toBeNull()
  })
})

describe('a stored draft', () => {
  test('comes back as it was', () => {
    const draft = aDraft({ propertyNames: { rename: { 'users.plan': 'plan' }, exclude: ['users.phone'] } })
    expect(readDraft(writeDraft(draft))).toEqual(draft)
  })

  test.each([
    ['nothing', null],
    ['an empty text', ''],
    ['no JSON', '{'],
    ['another version', JSON.stringify({ version: 2, draft: aDraft() })],
    ['one that lacks a field', JSON.stringify({ version: 3, draft: { look: null } })],
    ['something else', '"draft"'],
  ])('is dropped when it is %s', (_what, text) => {
    expect(readDraft(text)).toBeNull()
  })
})

test('a sync gets an ID once, and no two the same', () => {
  const draft = withSyncId(aDraft())
  expect(isSyncId(draft.syncId ?? '')).toBe(true)
  expect(withSyncId(draft)).toEqual(draft)
  expect(withSyncId(aDraft()).syncId).not.toBe(draft.syncId)
  expect(withLook(draft, { id: '7', title: 'Accounts' }).syncId).toBe(draft.syncId)
})

test('another Look forgets what named the columns of the first', () => {
  const draft = aDraft({ name: 'Mine', propertyNames: { rename: { 'users.plan': 'plan' }, exclude: [] } })
  expect(withLook(draft, { id: '7', title: 'Accounts' })).toEqual({
    ...draft,
    look: { id: '7', title: 'Accounts' },
    joinKey: '',
    name: '',
    propertyNames: { rename: {}, exclude: [] },
  })
})

test('the same Look, chosen again, keeps everything but a new title', () => {
  const draft = aDraft()
  expect(withLook(draft, { id: '42', title: 'Clients' })).toEqual({
    ...draft,
    look: { id: '42', title: 'Clients' },
  })
})

test('a sync is called after its Look unless it has a name', () => {
  expect(syncName(aDraft())).toBe('Customers to Heap')
  expect(syncName(aDraft({ name: ' Mine ' }))).toBe('Mine')
  expect(syncName(emptyDraft('UTC'))).toBe('Look to Heap')
})
