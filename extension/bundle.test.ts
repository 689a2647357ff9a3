import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { parse } from 'lookml-parser'
import { beforeAll, describe, expect, test } from 'vitest'
import { APPLICATION, MODEL, SET_UP_APPLICATION } from '../shared/set-up/installed-names.ts'

const root = join(import.meta.dirname, '..')

const outDir = join(tmpdir(), `heap-data-import-bundle-${process.pid}`)
let script: Buffer

beforeAll(() => {
  const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', outDir, '--emptyOutDir']
  // As npm run build does: the test runner's own setting would choose other parts of some libraries.
  const env = { ...process.env, NODE_ENV: 'production' }
  const built = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(built.stderr + built.stdout)
  script = readFileSync(join(outDir, 'bundle.js'))
}, 180_000)

describe.each(['bundle.js', 'set-up.js'])('%s', (file) => {
  const script = () => readFileSync(join(outDir, file))

  test('is ASCII, whatever the charset of the frame', () => {
    expect(script().every((byte) => byte < 128)).toBe(true)
  })

  test('is one classic script', () => {
    const text = script().toString('latin1')
    expect(() => new Script(text)).not.toThrow()
    expect(text).not.toMatch(/\bimport\(/)
    expect(text).not.toMatch(/\bimport\.meta\b/)
  })

  test('is the production build of React', () => {
    expect(script().toString('latin1')).not.toContain('Download the React DevTools')
  })
})

test('the bundle weighs at most 260 KB on its way', () => {
  expect(gzipSync(script).length).toBeLessThanOrEqual(260 * 1024)
})

test('the set-up of admins is in a bundle of its own', () => {
  expect(script.toString('latin1')).not.toContain('Set everything up')
})

describe('the LookML project', () => {
  const project = join(outDir, 'heap-data-import')
  const read = (file: string) => readFileSync(join(project, file), 'utf8')

  test('has all files, and no others', () => {
    const files = readdirSync(project, { recursive: true, encoding: 'utf8' }).sort()
    expect(files).toEqual([
      'LICENSE',
      'NOTICES.txt',
      'README.md',
      'dist',
      'dist/bundle.js',
      'dist/set-up.js',
      'heap_data_import.model.lkml',
      'manifest.lkml',
      'marketplace.json',
    ])
    expect(readFileSync(join(project, 'dist/bundle.js')).equals(script)).toBe(true)
  })

  test('has a manifest, a model and a Marketplace file that agree', () => {
    const manifest = parse(read('manifest.lkml')) as {
      constant: Record<string, unknown>
      application: Record<string, { file?: string } | string[]>
    }
    const constants = Object.keys(manifest.constant).filter((name) => !name.startsWith('$'))
    const marketplace = JSON.parse(read('marketplace.json')) as {
      constants: Record<string, unknown>
      models: { name: string; connection_constant: string }[]
    }
    expect(Object.keys(marketplace.constants).sort()).toEqual(constants.sort())
    expect(marketplace.models).toEqual([{ name: MODEL, connection_constant: 'CONNECTION_NAME' }])
    expect(parse(read(`${MODEL}.model.lkml`))).toMatchObject({ connection: '@{CONNECTION_NAME}' })
    for (const application of [APPLICATION, SET_UP_APPLICATION]) {
      const { file } = manifest.application[application] as { file: string }
      expect(existsSync(join(project, file))).toBe(true)
    }
  })

  test('names the licence of every library in the bundles', () => {
    const notices = read('NOTICES.txt')
    for (const library of ['react', 'react-dom', '@looker/components', '@looker/sdk', 'styled-components']) {
      const { version } = JSON.parse(
        readFileSync(join(root, 'node_modules', library, 'package.json'), 'utf8'),
      ) as { version: string }
      expect(notices).toContain(`\n${library} ${version} (`)
    }
    expect(notices).toContain('Permission is hereby granted')
    // What only tests and the builder use is handed on to nobody.
    expect(notices).not.toMatch(/^(vite|vitest|rolldown|typescript|playwright-core) /m)
  })

  test('has the version of package.json in its bundle', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    expect(script.toString('latin1')).toMatch(new RegExp(`["'\x60]${version}["'\x60]`))
    expect(script.toString('latin1')).not.toContain('__VERSION__')
  })
})
