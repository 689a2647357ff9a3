import { describe, expect, test } from 'vitest'
import { readSample } from '../extension/sample/sample.ts'
import type { Draft } from '../extension/sync/draft.ts'
import { emptyDraft } from '../extension/sync/draft.ts'
import { firstRequest } from '../extension/sync/heap-request.ts'
import { createEntityWriter } from '../server/heap/entity-line.ts'
import type { HeapTarget } from '../server/heap/heap-target.ts'
import { requestEnvelope } from '../server/heap/heap-target.ts'
import { createResultReading } from '../shared/looker-result/result-reading.ts'
import type { Row } from '../shared/looker-result/row-keys.ts'
import { createRowLayout } from '../shared/looker-result/row-layout.ts'
import { readVisualization } from '../shared/looker-result/visualization.ts'
import { NO_PROPERTY_NAMES, planProperties } from '../shared/rows/property-plan.ts'
import { createRowMapper } from '../shared/rows/row-mapper.ts'
import { writeResult } from './looker/delivering/write-result.ts'
import type { Look } from './looker/look.ts'
import { lookQuery } from './looker/look-query.ts'
import { SAMPLE_LOOKS } from './looker/looks.ts'

// What the wizard shows of one row is what the server sends of it.

const EXCLUDED = ['users.id', 'users.support_tier']
const MANNERS: [Partial<Draft>, Omit<HeapTarget, 'environmentId'>][] = [
  [{}, { propertyType: 'user', manner: 'documented' }],
  [
    { matchBy: 'heap_setup', emptyValue: '(none)' },
    { propertyType: 'user', manner: 'heap_action' },
  ],
  [
    { propertyType: 'account', emptyValue: '-' },
    { propertyType: 'account', manner: 'documented' },
  ],
]

async function resultOf(look: Look): Promise<{ data: Row[] } & Record<string, unknown>> {
  let text = ''
  const quick = { ...look, slow: { firstByteSeconds: 0, pauseMilliseconds: 0 } }
  for await (const piece of writeResult(quick, { format: 'json_detail', rowLimit: 30 })) text += piece
  return JSON.parse(text)
}

/** As the server comes to a request, from the same result. */
function byTheServer(
  result: Awaited<ReturnType<typeof resultOf>>,
  look: Look,
  draft: Draft,
  target: HeapTarget,
) {
  const reading = createResultReading()
  for (const [key, value] of Object.entries(result)) if (key !== 'data') reading.add(key, value)
  const head = reading.head()
  if (head.kind === 'failed') throw new Error(head.reason)
  const layout = createRowLayout(head.header, readVisualization(lookQuery(look).vis_config))
  for (const row of result.data) layout.see(row)
  const joinKey = layout.columns().find(({ name }) => name === draft.joinKey)!
  const plan = planProperties(layout.columns(), joinKey, draft.propertyNames)
  if (plan.kind === 'failed') throw new Error(plan.message)
  const names = plan.properties.map(({ name }) => name)
  const write = createEntityWriter(target, names, draft.emptyValue)
  const { mapRow } = createRowMapper(joinKey, plan.properties, layout, head.header.timezone)
  for (const row of result.data) {
    const mapped = mapRow(row)
    if (mapped.kind !== 'entity') continue
    const { path, head: start, tail } = requestEnvelope(target)
    return {
      hasRawTimes: false,
      joinKey: mapped.joinKey,
      path,
      body: JSON.parse(start + write(mapped.joinKey, mapped.values) + tail),
    }
  }
  return null
}

const LOOKS = SAMPLE_LOOKS.filter(({ errors, rowTexts }) => !errors && !rowTexts)

describe.each(LOOKS)('$title', (look) => {
  test.each(MANNERS)('with %j', async (change, target) => {
    const result = await resultOf(look)
    const read = readSample(result, readVisualization(lookQuery(look).vis_config), 500)
    if (read.kind === 'failed') throw new Error(read.message)
    const { columns } = read.sample
    const joinKey = columns.find(({ label }) => label === look.suggestedParams.heap_field) ?? columns[0]!
    const draft: Draft = {
      ...emptyDraft('UTC'),
      environmentId: '11',
      joinKey: joinKey.name,
      propertyNames: { ...NO_PROPERTY_NAMES, exclude: EXCLUDED },
      ...change,
    }
    const plan = planProperties(columns, joinKey, draft.propertyNames)
    if (plan.kind === 'failed') throw new Error(plan.message)
    const shown = firstRequest(draft, joinKey, plan.properties, read.sample)
    expect(shown).toEqual(byTheServer(result, look, draft, { environmentId: '11', ...target }))
    expect(shown === null).toBe(look.rowCount === 0)
  })
})
