import { expect, it } from 'vitest'
import { readUse, resetPeak, useBetween } from './process-use.ts'

const onLinux = process.platform === 'linux'

it.runIf(onLinux)('reads memory and processor time of a process', async () => {
  await resetPeak('self')
  const before = await readUse('self')
  const memory = Buffer.alloc(64_000_000, 1)
  const start = performance.now()
  while (performance.now() - start < 100) memory.fill(2)
  const { peakBytes, cpuSeconds } = useBetween(before, await readUse('self'))
  expect(peakBytes).toBeGreaterThan(40_000_000)
  expect(cpuSeconds).toBeGreaterThan(0)
})

it('knows nothing of a process that is not there', async () => {
  expect(await readUse(2 ** 30)).toBeNull()
  expect(useBetween(null, null)).toEqual({ peakBytes: null, cpuSeconds: null })
})
