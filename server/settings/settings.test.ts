import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EnvironmentSchema } from '../config.ts'
import { SECRET_SETTINGS, withSecretFiles } from './secret-files.ts'
import { parseTrustProxy } from './trust-proxy.ts'

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'heap-import-secrets-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe('a secret in a file', () => {
  const file = async (name: string, content: string) => {
    await writeFile(join(directory, name), content)
    return join(directory, name)
  }

  test.each(SECRET_SETTINGS)('%s', async (name) => {
    expect(EnvironmentSchema.properties).toHaveProperty(name)
    const path = await file(name, 'the secret\r\n')
    expect(await withSecretFiles({ PORT: '1', [`${name}_FILE`]: path })).toMatchObject({
      PORT: '1',
      [name]: 'the secret',
    })
  })

  test('no setting that holds a secret is left out', () => {
    const secrets = Object.keys(EnvironmentSchema.properties).filter((name) =>
      /TOKEN|SECRET|DATABASE_URL|SLACK_URL|PASSWORD|KEY/.test(name),
    )
    expect([...SECRET_SETTINGS].sort()).toEqual(secrets.sort())
  })

  test('that cannot be had ends the start, and its content is not told', async () => {
    const path = await file('filled', 'hunter2')
    const empty = await file('empty', '\n')
    const large = await file('large', 'hunter2'.repeat(10_000))
    const refused = (settings: Record<string, string>) => expect(withSecretFiles(settings)).rejects
    await refused({ LOOKER_TOKEN: 'x', LOOKER_TOKEN_FILE: path }).toThrow(/both set/)
    await refused({ LOOKER_TOKEN_FILE: empty }).toThrow(/which is empty/)
    await refused({ LOOKER_TOKEN_FILE: large }).toThrow(/LOOKER_TOKEN_FILE.*too large/)
    await refused({ LOOKER_TOKEN_FILE: large }).not.toThrow(/hunter2/)
    await refused({ LOOKER_TOKEN_FILE: join(directory, 'none') }).toThrow(/LOOKER_TOKEN_FILE.*none.*ENOENT/)
    await refused({ LOOKER_TOKEN_FILE: directory }).toThrow(/EISDIR/)
  })
})

describe('TRUST_PROXY', () => {
  test.each([
    [undefined, false],
    [' ', false],
    ['10.0.0.7', ['10.0.0.7']],
    ['172.16.0.0/12, ::1,loopback', ['172.16.0.0/12', '::1', 'loopback']],
  ])('%j', (text, proxies) => {
    expect(parseTrustProxy(text)).toEqual(proxies)
  })

  test.each([
    ['true', /"true".*no address/],
    ['2', /"2"/],
    ['proxy.example.com', /no address.*separated by commas/],
    ['10.0.0.0/33', /no address/],
    ['0.0.0.0/0', /every address/],
    ['::/0', /every address/],
    ['10.0.0.7,', /""/],
  ])('%s is refused', (text, why) => {
    expect(() => parseTrustProxy(text)).toThrow(why)
  })
})
