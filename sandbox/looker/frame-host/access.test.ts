import { expect, it } from 'vitest'
import type { LookerUser, Permission } from '../api/users.ts'
import { SAMPLE_USERS } from '../api/users.ts'
import { accessOf } from './access.ts'
import type { ExtensionSource } from './extension-source.ts'

const MODELS = ['extension_model', 'second_model']

function user(permissions: readonly Permission[], models: LookerUser['models']): LookerUser {
  return { ...SAMPLE_USERS[1]!, permissions: new Set(permissions), models }
}

async function kindOf(
  person: LookerUser,
  models = MODELS,
  accessDataAlone: 'refused' | 'enough' = 'refused',
) {
  const source: Pick<ExtensionSource, 'models'> = { models: async () => models }
  return (await accessOf(person, source, { accessDataAlone })).kind
}

it.each<[Permission[], LookerUser['models'], 'granted' | 'refused']>([
  [['explore'], 'all', 'granted'],
  [['develop'], 'all', 'granted'],
  [['explore'], ['extension_model'], 'granted'],
  [['develop'], ['other', 'second_model'], 'granted'],
  [['explore', 'develop'], ['other'], 'refused'],
  [['explore'], [], 'refused'],
  [['manage_models'], [], 'granted'],
  [['access_data', 'see_looks', 'send_to_integration', 'see_schedules'], 'all', 'refused'],
  [[], 'all', 'refused'],
])('%j on the models %j: %s', async (permissions, models, kind) => {
  expect(await kindOf(user(permissions, models))).toBe(kind)
})

it.each<[Permission[], LookerUser['models'], 'granted' | 'refused']>([
  [['access_data'], ['extension_model'], 'granted'],
  [['access_data'], ['other'], 'refused'],
  [['see_looks'], 'all', 'refused'],
])('%j on the models %j where access_data is enough: %s', async (permissions, models, kind) => {
  expect(await kindOf(user(permissions, models), MODELS, 'enough')).toBe(kind)
})

it('opens nothing of a project without a model, but to those who may make one', async () => {
  expect(await kindOf(user(['explore'], 'all'), [])).toBe('refused')
  expect(await kindOf(user(['manage_models'], 'all'), [])).toBe('granted')
})

it('opens the extension to all sample users but the reader', async () => {
  const kinds = await Promise.all(SAMPLE_USERS.map((person) => kindOf(person)))
  expect(kinds).toEqual(['granted', 'granted', 'granted', 'granted', 'refused', 'granted'])
})
