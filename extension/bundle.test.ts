import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

describe('the bundle', () => {
  let script: Buffer

  beforeAll(() => {
    const outDir = join(tmpdir(), `heap-data-import-bundle-${process.pid}`)
    const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', outDir, '--emptyOutDir']
    // As npm run build does: the test runner's own setting would choose other parts of some libraries.
    const env = { ...process.env, NODE_ENV: 'production' }
    const built = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })
    if (built.status !== 0) throw new Error(built.stderr + built.stdout)
    script = readFileSync(join(outDir, 'bundle.js'))
  }, 120_000)

  test('weighs at most 260 KB on its way', () => {
    expect(gzipSync(script).length).toBeLessThanOrEqual(260 * 1024)
  })

  test('is ASCII, whatever the charset of the frame', () => {
    expect(script.every((byte) => byte < 128)).toBe(true)
  })

  test('is one classic script', () => {
    const text = script.toString('latin1')
    expect(() => new Script(text)).not.toThrow()
    expect(text).not.toMatch(/\bimport\(/)
    expect(text).not.toMatch(/\bimport\.meta\b/)
  })

  test('is the production build of React', () => {
    expect(script.toString('latin1')).not.toContain('Download the React DevTools')
  })
})
