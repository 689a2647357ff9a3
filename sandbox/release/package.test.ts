import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { createPgliteDirectory } from '../../server/testing/engines.ts'
import { waitFor } from '../../server/testing/wait-for.ts'
import { freePort } from '../free-port.ts'
import { NOTICE, noticeText } from './notice.ts'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../..')

describe('the package', () => {
  let folder: string
  /** Where npm would put it: below node_modules, where Node does not run TypeScript by itself. */
  let installed: string
  let files: string[]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'heap-import-package-'))
    const { stdout } = await run(
      'npm',
      ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, '--cache', join(folder, 'cache')],
      { cwd: ROOT, maxBuffer: 64e6 },
    )
    const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[]
    files = packed?.files.map(({ path }) => path) ?? []
    installed = join(folder, 'node_modules', packageJson.name)
    await mkdir(installed, { recursive: true })
    await run('tar', ['xzf', join(folder, packed?.filename ?? ''), '-C', installed, '--strip-components=1'])
    // What npm would download, without a network.
    await symlink(join(ROOT, 'node_modules'), join(installed, 'node_modules'))
  }, 120_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const start = (words: string[], environment: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [join(installed, packageJson.bin['heap-import']), ...words], {
      cwd: folder,
      env: { ...process.env, LOG_LEVEL: 'error', ...environment },
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
      })
    }
    return { child, ended: once(child, 'exit'), text: () => text }
  }

  test('has what the server and the extension need, and no test', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'server/main.ts',
        'server/admin/main.ts',
        'server/package/main.mjs',
        'server/database/migrations/001.do.imports.sql',
        'shared/heap-limits.ts',
        'manifest.lkml',
        'docs/operations/upgrade.md',
        'LICENSE',
        'NOTICE',
        'CHANGELOG.md',
      ]),
    )
    expect(
      files.filter((path) => /\.test\.|(^|\/)testing\/|^sandbox|^node_modules|\.pem$/.test(path)),
    ).toEqual([])
  })

  test('starts from an empty folder, takes calls, and ends at SIGTERM', { timeout: 300_000 }, async () => {
    const database = await createPgliteDirectory()
    const port = await freePort()
    const server = start([], { ...database.environment, PORT: String(port), HOST: '127.0.0.1' })
    try {
      await waitFor(
        () => {
          if (server.child.exitCode !== null) throw new Error(server.text())
          return fetch(`http://127.0.0.1:${port}/readyz`).then(
            ({ ok }) => ok,
            () => false,
          )
        },
        'the server',
        240_000,
      )
      server.child.kill('SIGTERM')
      expect(await server.ended).toEqual([0, null])
      expect(server.text()).not.toMatch(/Warning|"level":[56]0/)
    } finally {
      server.child.kill('SIGKILL')
      await database.remove()
    }
  })

  test('has the command line', async () => {
    const command = start(['--help'])
    expect(await command.ended).toEqual([0, null])
    expect(command.text()).toContain('export-rejected')
  })
})

test('NOTICE tells of every package that is installed or bundled: npm run notice writes it anew', async () => {
  expect(await readFile(NOTICE, 'utf8')).toBe(noticeText())
})

test('every licence lets us do what we do', async () => {
  const licences = new Set(
    [...(await readFile(NOTICE, 'utf8')).matchAll(/^\S+ \d\S*: (.+)$/gm)].map(([, name]) => name),
  )
  expect(
    [...licences].filter(
      (name) =>
        !/^\(?(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|CC-BY-4\.0)/.test(
          name ?? '',
        ),
    ),
  ).toEqual([])
})

test('the changelog tells of the version that package.json has', async () => {
  const [, version] = /^## (\S+)/m.exec(await readFile(join(ROOT, 'CHANGELOG.md'), 'utf8')) ?? []
  expect(version).toBe(packageJson.version)
})
