import { readdirSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { createSpool, SpoolFullError } from './spool.ts'
import { allBytes } from './testing/bytes.ts'
import { temporaryDirectory } from './testing/temporary-directory.ts'

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
    const spool = createSpool(directory, bound)
    const fill = async () => {
      for (;;) await spool.write(Buffer.alloc(bound / 4))
    }
    await expect(fill()).rejects.toThrow(SpoolFullError)
    expect((await allBytes(spool.read())).length).toBe(bound)
    await spool.close()
  }
})
