import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

const runBench = (...args: string[]) => promisify(execFile)(process.execPath, [MAIN, ...args])

it('prints a table in which nothing is lost', { timeout: 300_000 }, async () => {
  // A run that loses rows ends with 1, which rejects.
  const { stdout } = await runBench(
    '--rows',
    '2000',
    '--runs',
    '1',
    '--profile',
    'reading',
    'whole',
    'peer',
    'small',
  )
  const lines = stdout.split('\n')
  const titles = [
    'reading and mapping alone over JSON.parse, 1 column and the key, clean',
    'reading and mapping alone over JSON.parse, 200 columns, clean',
    'reading and mapping alone over JSON.parse, 30 columns, dirty',
    'end to end over JSON.parse, Heap 0 ms × 4, clean, PGlite',
    'end to end over JSON.parse, Heap 0 ms × 4, dirty, PostgreSQL',
    'end to end over that, Heap 0 ms × 4, PGlite',
  ]
  for (const title of titles) {
    expect(lines.find((line) => line.startsWith(title))).toMatch(/ s +[\d.]+ × /)
  }
  expect(
    lines.find((line) => line.startsWith('100 rows, execute to answer, Heap 0 ms, p95, PGlite')),
  ).toMatch(/ ms /)
  expect(lines.find((line) => line.startsWith('CPU seconds by stage'))).toMatch(/database/)
})

it('writes the table as Markdown', { timeout: 120_000 }, async () => {
  const { stdout } = await runBench('--rows', '500', '--runs', '1', '--markdown', 'peer')
  expect(stdout).toMatch(/\n\| what \| target \| met \|.*\n\| --- \|.*\n(\| .* \|\n){2}/)
})

it('says which parts there are', async () => {
  await expect(runBench('everything')).rejects.toThrow('There is no part everything. Name some of: reading,')
})
