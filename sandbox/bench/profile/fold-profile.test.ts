import { expect, it } from 'vitest'
import type { CpuProfile } from './fold-profile.ts'
import { foldProfile } from './fold-profile.ts'
import { stageOf } from './stages.ts'

const frame = (functionName: string, url = '') => ({ functionName, url })

/** (root) -> addRow in row-intake -> mapRow in rows -> indexOf of the language; and beside it what V8 does. */
const profile: CpuProfile = {
  startTime: 1_000_000,
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 5, 6, 7] },
    {
      id: 2,
      callFrame: frame('addRow', 'file:///app/server/imports/reading/row-intake.ts'),
      children: [3, 8],
    },
    { id: 3, callFrame: frame('mapRow', 'file:///app/shared/rows/row-mapper.ts'), children: [4] },
    { id: 4, callFrame: frame('indexOf') },
    { id: 5, callFrame: frame('(idle)') },
    { id: 6, callFrame: frame('(garbage collector)') },
    { id: 7, callFrame: frame('nobody knows') },
    { id: 8, callFrame: frame('copy', 'node:buffer') },
  ],
  samples: [2, 3, 4, 5, 6, 7, 8],
  timeDeltas: [0, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000],
}
const everything = { from: 0, to: Number.POSITIVE_INFINITY }

it('counts time for the innermost frame that has a stage, and none for idleness', () => {
  expect([...foldProfile(profile, everything)]).toEqual([
    ['reading', 0.001],
    ['map', 0.002],
    ['garbage collector', 0.001],
    ['other', 0.001],
  ])
})

it('counts only what lies within the time that was measured', () => {
  const window = { from: 1_000_500, to: 1_001_500 }
  expect([...foldProfile(profile, window)]).toEqual([
    ['reading', 0.0005],
    ['map', 0.0005],
  ])
  expect(foldProfile(profile, { from: 0, to: 1_000_000 }).size).toBe(0)
})

it.each([
  ['file:///x/server/looker/json-stream/scan-value.ts', 'scan'],
  ['file:///x/server/looker/result/parse-rows.ts', 'parse'],
  ['file:///x/server/imports/reading/join-key-set.ts', 'key set'],
  ['file:///x/server/imports/reading/intake-writer.ts', 'reading'],
  ['file:///x/server/imports/batches/batch-payload.ts', 'pack'],
  ['file:///x/server/imports/sending/send-batch.ts', 'send'],
  ['file:///x/server/database/repositories/batch-repository.ts', 'database'],
  ['file:///x/node_modules/@electric-sql/pglite/dist/index.js', 'database'],
  ['wasm://wasm/0012', 'database'],
  ['file:///x/node_modules/pg/lib/client.js', 'database'],
  ['file:///x/node_modules/pg-boss/dist/manager.js', 'pg-boss'],
  ['file:///x/node_modules/undici/lib/api.js', 'undici'],
  ['node:zlib', 'compress'],
  ['node:buffer', null],
  ['', null],
])('knows the stage of %s', (url, stage) => {
  expect(stageOf('work', url)).toBe(stage)
})

it('takes no method of an object for a part of the engine', () => {
  expect(stageOf('constructor', '')).toBeNull()
  expect(stageOf('(garbage collector)', '')).toBe('garbage collector')
})
