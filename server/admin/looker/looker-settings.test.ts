import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readLookerSettings } from './looker-settings.ts'

let directory = ''
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'heap-import-looker-ini-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const INI = `[Looker]
base_url=https://acme.cloud.looker.com/
client_id=of-the-file
client_secret=secret-of-the-file
verify_ssl=false
`

test('looker.ini is read as the SDK reads it, and variables go before it', async () => {
  await writeFile(join(directory, 'looker.ini'), INI)
  const file = {
    baseUrl: 'https://acme.cloud.looker.com',
    clientId: 'of-the-file',
    clientSecret: 'secret-of-the-file',
    verifySsl: false,
  }
  expect(await readLookerSettings({}, directory)).toEqual(file)
  const variables = { LOOKERSDK_CLIENT_ID: 'of-a-variable', LOOKERSDK_VERIFY_SSL: 'true' }
  expect(await readLookerSettings(variables, directory)).toEqual({
    ...file,
    clientId: 'of-a-variable',
    verifySsl: true,
  })
})

test('what is missing, or no address, is named without what is there', async () => {
  const secret = { LOOKERSDK_CLIENT_SECRET: 'do-not-show' }
  const told = await readLookerSettings(secret, directory).catch((error: Error) => error.message)
  expect(told).toContain('base_url, client_id missing')
  expect(told).toContain('LOOKERSDK_BASE_URL')
  const wrong = { ...secret, LOOKERSDK_BASE_URL: 'acme.looker.com', LOOKERSDK_CLIENT_ID: 'me' }
  const second = await readLookerSettings(wrong, directory).catch((error: Error) => error.message)
  expect(second).toContain('not the address of a Looker')
  expect(`${told}${second}`).not.toContain('do-not-show')
})
