import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createPostgresDatabase } from '../testing/engines.ts'
import type { ExposedMetrics } from '../testing/read-metrics.ts'
import { readMetrics } from '../testing/read-metrics.ts'
import type { Selector } from '../testing/read-promql.ts'
import { readPromql } from '../testing/read-promql.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../testing/short-patience.ts'
import { createTestBench } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'

const DOCS = join(import.meta.dirname, '../../docs/operations')
const read = (name: string) => readFileSync(join(DOCS, name), 'utf8')

/** Prometheus adds them to everything that it fetches. */
const OF_PROMETHEUS = ['job', 'instance']

type Question = { place: string; expression: string; shown: string[] }

type Panel = { title: string; targets?: { expr: string; legendFormat: string }[] }

function dashboardQuestions(): Question[] {
  const { panels, templating } = JSON.parse(read('grafana-dashboard.json')) as {
    panels: Panel[]
    templating: { list: { query: unknown }[] }
  }
  const ofPanels = panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr, legendFormat }) => ({
      place: `panel "${title}"`,
      expression: expr,
      shown: [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label!),
    })),
  )
  const ofVariables = templating.list.flatMap(({ query }) =>
    typeof query === 'object' && query !== null && 'query' in query
      ? [{ place: 'variable', expression: String(query.query).replace(/, \w+\)$/, ')'), shown: [] }]
      : [],
  )
  return [...ofPanels, ...ofVariables]
}

function ruleQuestions(): Question[] {
  const { groups } = parse(read('alert-rules.yaml')) as {
    groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[]
  }
  return groups
    .flatMap(({ rules }) => rules)
    .map(({ alert, expr, annotations }) => ({
      place: `alert ${alert}`,
      expression: expr,
      shown: [...JSON.stringify(annotations).matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label!),
    }))
}

const QUESTIONS = [...dashboardQuestions(), ...ruleQuestions()]

let metrics: ExposedMetrics
let cleanups: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  const database = await createPostgresDatabase()
  cleanups.unshift(database.remove)
  const bench = await createTestBench({
    database,
    looks: [sampleLook({ id: '1', rows: () => users(20) })],
    app: { heapTiming: SHORT_PATIENCE },
  })
  cleanups.unshift(bench.close)
  expect(await bench.looker.deliver('1')).toMatchObject({ status: 'success' })
  // What is only there while Heap turns everything away.
  bench.heap.setFaults({ rules: [{ fault: { kind: 'answer', status: 403, body: 'no' } }] })
  const denied = bench.looker.deliver('1')
  metrics = await waitFor(async () => {
    const now = await readMetrics(bench.url)
    const isDenied = now.value('heap_import_shared_heap_denied_seconds', { environment: '11' }) !== undefined
    return isDenied && now.value('heap_import_imports_total', { end: 'success' }) === 1 && now
  }, 'an import is counted and Heap denies')
  bench.heap.setFaults({ rules: [] })
  await denied
}, 180_000)

afterAll(async () => {
  for (const cleanup of cleanups) await cleanup()
  cleanups = []
})

function samplesOf(metric: string) {
  return metrics.samples.filter(({ name }) => name === metric)
}

function labelsOf(metric: string): Set<string> {
  return new Set(samplesOf(metric).flatMap(({ labels }) => Object.keys(labels)))
}

function checkSelector({ metric, matchers }: Selector): void {
  expect(samplesOf(metric), `${metric} is exposed`).not.toEqual([])
  for (const { label, operator, value } of matchers) {
    if (OF_PROMETHEUS.includes(label)) continue
    expect(labelsOf(metric), `${metric} has the label ${label}`).toContain(label)
    if (operator !== '=') continue
    const values = samplesOf(metric).map(({ labels }) => labels[label])
    expect(values, `${metric} has ${label}="${value}"`).toContain(value)
  }
}

test('there are questions to check', () => {
  expect(dashboardQuestions().length).toBeGreaterThan(20)
  expect(ruleQuestions().length).toBeGreaterThan(5)
})

describe.each(QUESTIONS)('$place', ({ expression, shown }) => {
  test(`asks for what a server exposes: ${expression}`, () => {
    const { selectors, groupings } = readPromql(expression)
    expect(selectors).not.toEqual([])
    selectors.forEach(checkSelector)
    const known = new Set(selectors.flatMap(({ metric }) => [...labelsOf(metric)]))
    for (const label of groupings) expect([...known, ...OF_PROMETHEUS], expression).toContain(label)
    const left = groupings.length > 0 ? groupings : OF_PROMETHEUS
    for (const label of shown) expect(left, `${label} is left of ${expression}`).toContain(label)
  })
})

test('every metric of ours is explained with its labels in metrics.md, and no other', () => {
  const rows = read('metrics.md')
    .split('\n')
    .flatMap((line) => {
      const [, name, type, labels] = /^\| `(\w+)` \| (\w+) \|([^|]*)\|/.exec(line) ?? []
      return name === undefined
        ? []
        : [{ name, type, labels: [...labels!.matchAll(/`(\w+)`/g)].map(([, label]) => label!) }]
    })
  const ours = [...metrics.types].filter(([name]) => /^(heap_import_|http_)/.test(name))
  expect(ours.length).toBeGreaterThan(15)
  const explained = rows.map(({ name, type, labels }) => ({ name, type, labels: [...labels].sort() }))
  const exposed = ours.map(([name, type]) => {
    const labels = labelsOf(type === 'histogram' ? `${name}_count` : name)
    return { name, type, labels: [...labels].sort() }
  })
  const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1)
  expect(explained.sort(byName)).toEqual(exposed.sort(byName))
})

test('names and units follow the conventions of Prometheus', () => {
  for (const [name, type] of metrics.types) {
    if (!/^(heap_import_|http_)/.test(name)) continue
    expect(name.endsWith('_total'), `${name} is a ${type}`).toBe(type === 'counter')
    expect(name).not.toMatch(/_(ms|milliseconds|minutes|hours|kb|mb|percent)(_|$)/)
    const help = metrics.help.get(name)!
    expect(help, name).toMatch(/\.$/)
    if (name.startsWith('heap_import_shared_')) expect(help).toContain('the same in every process')
    else expect(help, name).toContain('this process')
  }
})

test('the reader of PromQL finds metrics that are misspelt, and does not guess', () => {
  expect(readPromql('sum by (a, b) (rate(m_total{c="x",d!~"y"}[5m])) > 3 * 10').selectors).toEqual([
    {
      metric: 'm_total',
      matchers: [
        { label: 'c', operator: '=', value: 'x' },
        { label: 'd', operator: '!~', value: 'y' },
      ],
    },
  ])
  expect(readPromql('max(x) by (e) and y').groupings).toEqual(['e'])
  expect(() => readPromql('summ(x)')).toThrow('no function')
  expect(() => readPromql('sum(x')).toThrow('parentheses')
  expect(() => readPromql('x{a:"b"}')).toThrow()
  expect(() => checkSelector({ metric: 'heap_import_import_total', matchers: [] })).toThrow('is exposed')
})
