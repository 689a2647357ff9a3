import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { HTTP_LIMITS } from '../../http-limits.ts'
import { allBytes } from '../testing/bytes.ts'
import { temporaryDirectory } from '../testing/temporary-directory.ts'
import type { Spool } from './spool.ts'
import { createSpool } from './spool.ts'
import { createSpoolBudget, MAX_SPOOL_BYTES, PROCESS_SPOOLS } from './spool-budget.ts'

const openFiles = () => readdirSync('/proc/self/fd').length

it('gives back what was written, small or large, as often as asked', async () => {
  for (const count of [0, 3, 5000]) {
    const spool = createSpool()
    const written: Buffer[] = []
    for (let index = 0; index < count; index += 1) {
      const bytes = Buffer.alloc(1 + ((index * 37) % 1500), index)
      written.push(bytes)
      await spool.write(bytes)
    }
    const expected = Buffer.concat(written)
    expect(expected.equals(await allBytes(spool.read()))).toBe(true)
    expect(expected.equals(await allBytes(spool.read()))).toBe(true)
    await spool.close()
  }
})

it('uses no file below a megabyte', async () => {
  const spool = createSpool('/nowhere')
  await spool.write(Buffer.alloc(1024 * 1024 - 1))
  expect((await allBytes(spool.read())).length).toBe(1024 * 1024 - 1)
  await spool.close()
})

it.skipIf(process.platform !== 'linux')('leaves no name on the disk and no open file behind', async () => {
  const directory = await temporaryDirectory()
  const before = openFiles()
  const spool = createSpool(directory)
  await spool.write(Buffer.alloc(3 * 1024 * 1024))
  expect(openFiles()).toBe(before + 1)
  expect(await readdir(directory)).toEqual([])
  await spool.close()
  await spool.close()
  expect(openFiles()).toBe(before)
})

it('cannot be read once closed', async () => {
  const spool = createSpool()
  await spool.write(Buffer.alloc(2 * 1024 * 1024))
  await spool.close()
  await expect(allBytes(spool.read())).rejects.toThrow('closed')
})

it('takes no more than its bound, in memory or on disk', async () => {
  const directory = await temporaryDirectory()
  for (const bound of [1_000, 5 * 1024 * 1024]) {
    const spool = createSpool(directory, createSpoolBudget(100 * bound, bound))
    await expect(fill(spool, bound / 4)).rejects.toMatchObject({
      kind: 'too-large',
      message: expect.stringContaining('Split the Look'),
    })
    expect((await allBytes(spool.read())).length).toBe(bound)
    await spool.close()
  }
})

it('shares a bound with all others, and gives back what it held', async () => {
  const directory = await temporaryDirectory()
  const budget = createSpoolBudget(5_000_000, 4_000_000)
  const first = createSpool(directory, budget)
  const second = createSpool(directory, budget)
  await first.write(Buffer.alloc(3_000_000))
  await expect(fill(second, 500_000)).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringMatching(/share.*temporary folder.*later/),
  })
  expect(budget.booked).toBe(5_000_000)
  await first.close()
  await second.write(Buffer.alloc(1_000_000))
  await second.close()
  await second.close()
  expect(budget.booked).toBe(0)
})

it('is bounded by two numbers, of which one is what an execute call may have', () => {
  expect(MAX_SPOOL_BYTES).toBe(2 * 1024 ** 3)
  expect(HTTP_LIMITS.executeBytes).toBe(MAX_SPOOL_BYTES)
  PROCESS_SPOOLS.book(MAX_SPOOL_BYTES, 0)
  PROCESS_SPOOLS.book(MAX_SPOOL_BYTES, 0)
  expect(() => PROCESS_SPOOLS.book(1, 0)).toThrow('4 GB')
  PROCESS_SPOOLS.free(2 * MAX_SPOOL_BYTES)
})

it.skipIf(process.platform !== 'linux')('is private, and gone when its process is killed', async () => {
  const directory = await temporaryDirectory()
  const script = `
    import { fstatSync, readdirSync, readlinkSync } from 'node:fs'
    import { createSpool } from ${JSON.stringify(new URL('spool.ts', import.meta.url).href)}
    const spool = createSpool(process.argv[1])
    await spool.write(Buffer.alloc(3 * 1024 * 1024))
    const target = (fd) => { try { return readlinkSync('/proc/self/fd/' + fd) } catch { return '' } }
    const fd = Number(readdirSync('/proc/self/fd').find((fd) => target(fd).startsWith(process.argv[1])))
    const { mode, size } = fstatSync(fd)
    console.log(JSON.stringify({ mode: (mode & 0o777).toString(8), size }))
    setInterval(() => {}, 1000)
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, directory])
  const [line] = await once(child.stdout, 'data')
  expect(JSON.parse(String(line))).toEqual({ mode: '600', size: 3 * 1024 * 1024 })
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await readdir(directory)).toEqual([])
})

async function fill(spool: Spool, bytes: number): Promise<never> {
  for (;;) await spool.write(Buffer.alloc(bytes))
}
