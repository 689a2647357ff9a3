import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import loadWabt from 'wabt'

const FEATURES = { simd: true, multi_memory: true }
const TEXT = join(import.meta.dirname, 'rows.wat')
const PROGRAM = join(import.meta.dirname, 'rows.wasm')

test('the program is made of the text beside it', async () => {
  const wabt = await loadWabt()
  const parsed = wabt.parseWat('rows.wat', readFileSync(TEXT, 'utf8'), FEATURES)
  parsed.resolveNames()
  const { buffer } = parsed.toBinary({})
  if (process.env.WRITE_WASM === '1') writeFileSync(PROGRAM, buffer)
  expect(Buffer.from(buffer).equals(readFileSync(PROGRAM)), 'rows.wat has changed: see its first lines').toBe(
    true,
  )
})
