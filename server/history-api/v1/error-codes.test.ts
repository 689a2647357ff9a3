import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PROBLEMS, problemType } from '../../../shared/api/problem.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')

test('every code is explained at the address that its type names, and no other is', async () => {
  const codes = Object.keys(PROBLEMS) as (keyof typeof PROBLEMS)[]
  const pages = new Set(codes.map((code) => problemType(code).split('#')[0]!))
  expect([...pages]).toEqual(['docs/error-codes.md'])
  const text = await readFile(join(ROOT, 'docs/error-codes.md'), 'utf8')
  const explained = [...text.matchAll(/^## (\S+)\n\nStatus (\d{3})\. \S/gm)]
  expect(explained.map(([, code, status]) => [code, Number(status)])).toEqual(
    codes.map((code) => [code, PROBLEMS[code].status]),
  )
  for (const code of codes) expect(problemType(code)).toBe(`docs/error-codes.md#${code}`)
})
