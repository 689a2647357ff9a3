import type { Static } from 'typebox'
import { Type } from 'typebox'

/** What can go wrong. `stored`: Heap has taken the entities all the same, and the client cannot know. */
const FaultSchema = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('latency'),
      ms: Type.Union([Type.Number(), Type.Tuple([Type.Number(), Type.Number()])]),
    },
    { description: 'Waits so long (or within a range), then goes on with the other rules.' },
  ),
  Type.Object(
    {
      kind: Type.Literal('answer'),
      status: Type.Integer({ minimum: 200, maximum: 599 }),
      body: Type.Optional(Type.String()),
      contentType: Type.Optional(Type.String()),
      location: Type.Optional(Type.String()),
      retryAfter: Type.Optional(
        Type.Union([
          Type.Object({
            seconds: Type.Integer(),
            as: Type.Union([Type.Literal('seconds'), Type.Literal('date')]),
          }),
          Type.Object({ text: Type.String() }),
        ]),
      ),
      stored: Type.Optional(Type.Boolean()),
    },
    { description: 'Any status and body: 429, 500, an HTML 502, a 200 with garbage, 204, a redirect ...' },
  ),
  Type.Object({ kind: Type.Literal('reset'), stored: Type.Boolean() }),
  Type.Object({ kind: Type.Literal('hang'), stored: Type.Boolean() }),
  Type.Object(
    { kind: Type.Literal('cut'), chunked: Type.Optional(Type.Boolean()) },
    { description: 'Stores, then ends the connection in the middle of the answer.' },
  ),
  Type.Object(
    { kind: Type.Literal('slow_body'), ms: Type.Number() },
    { description: 'Answers rightly, but one byte at a time, with so many milliseconds between.' },
  ),
  Type.Object(
    {
      kind: Type.Literal('poison_keys'),
      keys: Type.Array(Type.String()),
      status: Type.Optional(Type.Integer({ minimum: 400, maximum: 599 })),
    },
    { description: 'Refuses every request with one of these join keys with 400, or another status.' },
  ),
  Type.Object(
    { kind: Type.Literal('poison_values'), values: Type.Array(Type.Union([Type.String(), Type.Number()])) },
    { description: 'Refuses every request with one of these property values with 400.' },
  ),
  Type.Object(
    { kind: Type.Literal('too_large'), bytes: Type.Integer() },
    { description: 'Refuses every request with a larger body with 413.' },
  ),
])

const FaultRuleSchema = Type.Object({
  fault: FaultSchema,
  /** 0 to 1; default 1. */
  probability: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  /** Only for the next so many requests that it befalls. */
  requests: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Only for this path. */
  path: Type.Optional(Type.String()),
  environmentId: Type.Optional(Type.String()),
})

/** Rules are tried in order; the first that applies befalls the request. Same seed, same faults. */
export const FaultPlanSchema = Type.Object({
  seed: Type.Optional(Type.Integer()),
  rules: Type.Array(FaultRuleSchema),
})

export type Fault = Static<typeof FaultSchema>
export type FaultRule = Static<typeof FaultRuleSchema>
export type FaultPlan = Static<typeof FaultPlanSchema>

/** What the rules look at. */
type FaultSubject = {
  path: string
  environmentId: string
  bytes: number
  entities: readonly { key: string; properties: ReadonlyMap<string, unknown> }[]
}

export type FaultPicker = (subject: FaultSubject) => { latencyMs: number; fault: Fault | null }

export function createFaultPicker(plan: FaultPlan): FaultPicker {
  const random = createRandom(plan.seed ?? 1)
  const rules = plan.rules.map((rule) => ({ ...rule, left: rule.requests ?? Number.POSITIVE_INFINITY }))
  return (subject) => {
    let latencyMs = 0
    for (const rule of rules) {
      if (rule.left <= 0 || (rule.path ?? subject.path) !== subject.path) continue
      if ((rule.environmentId ?? subject.environmentId) !== subject.environmentId) continue
      if (!befalls(rule.fault, subject) || random() >= (rule.probability ?? 1)) continue
      rule.left -= 1
      if (rule.fault.kind !== 'latency') return { latencyMs, fault: rule.fault }
      const { ms } = rule.fault
      latencyMs += typeof ms === 'number' ? ms : ms[0] + random() * (ms[1] - ms[0])
    }
    return { latencyMs, fault: null }
  }
}

function befalls(fault: Fault, { bytes, entities }: FaultSubject): boolean {
  if (fault.kind === 'too_large') return bytes > fault.bytes
  if (fault.kind === 'poison_keys') return entities.some(({ key }) => fault.keys.includes(key))
  if (fault.kind !== 'poison_values') return true
  const poison = new Set<unknown>(fault.values)
  return entities.some(({ properties }) => [...properties.values()].some((value) => poison.has(value)))
}

/** Mulberry32: a small generator of even numbers in [0, 1), the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
