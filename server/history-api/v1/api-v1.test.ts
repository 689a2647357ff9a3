import SwaggerParser from '@apidevtools/swagger-parser'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Problem } from '../../../shared/api/problem.ts'
import { PROBLEM_TYPE, ProblemSchema } from '../../../shared/api/problem.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { createPgliteDirectory } from '../../testing/engines.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench } from '../../testing/test-bench.ts'

type Operation = { responses: Record<'4XX', { content: object }> }
type Document = { openapi: string; paths: Record<string, Record<string, Operation>> }

let database: TestDatabase
let bench: TestBench

beforeAll(async () => {
  database = await createPgliteDirectory()
  bench = await createTestBench({ database })
})
afterAll(async () => {
  await bench?.close()
  await database?.remove()
})

async function problemOf(path: string, init?: RequestInit): Promise<Problem> {
  const answer = await fetch(`${bench.url}/api/v1${path}`, init)
  expect(answer.headers.get('content-type')).toContain(PROBLEM_TYPE)
  const problem = (await answer.json()) as Problem
  expect(Check(ProblemSchema, problem)).toBe(true)
  expect(Object.keys(problem).sort()).toEqual(['code', 'detail', 'status', 'title', 'type'])
  expect(problem.status).toBe(answer.status)
  return problem
}

test('the OpenAPI document is valid and describes this API only', async () => {
  const answer = await fetch(`${bench.url}/api/v1/openapi.json`)
  expect(answer.status).toBe(200)
  const document = (await answer.json()) as Document
  expect(document.openapi).toBe('3.1.0')
  await SwaggerParser.validate(structuredClone(document) as never)
  const paths = Object.keys(document.paths)
  for (const path of paths) expect(path).not.toContain('/api')
  expect(paths).toEqual(
    expect.arrayContaining(['/syncs', '/syncs/{ref}/schedule', '/syncs/{ref}/imports', '/imports/{id}']),
  )
  // What it says of errors is what is answered.
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) {
      expect(Object.keys(operation.responses['4XX'].content)).toEqual([PROBLEM_TYPE])
    }
  }
})

test('what is at no address is a problem, too', async () => {
  expect(await problemOf('/nothing')).toMatchObject({ status: 404, code: 'unknown_address' })
})
