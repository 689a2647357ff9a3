import { expectEntities, findDifferences } from './expectation.ts'
import { crmUsersWithDefects, knownDefect, knownDefectCounts } from './looker/looks/crm-users-with-defects.ts'
import type { ReportedCounts } from './reported-counts.ts'
import { readReportedCounts } from './reported-counts.ts'
import type { Stack } from './stack.ts'

type OnceResult = { agrees: boolean; lines: string[] }

const ENVIRONMENT = '11'

/**
 * Imports the 10,000-row Look whose defects are known, by real HTTP, and compares what Heap holds, value by
 * value, and what Looker was told with what the Look's own rows make expect.
 */
export async function importOnce({ looker, heap }: Pick<Stack, 'looker' | 'heap'>): Promise<OnceResult> {
  const look = crmUsersWithDefects
  const record = await looker.deliver(look.id, { ...look.suggestedParams, env_id: ENVIRONMENT })
  const users = heap.users(ENVIRONMENT)
  const expected = expectEntities(look, 'users.email', (rowNumber) => knownDefect(rowNumber) === undefined)

  const reported = readReportedCounts(record.message)
  const problems = [
    ...(record.status === 'success' ? [] : ['Looker recorded a failure']),
    ...(record.downloads === 1 ? [] : [`the rows were asked for ${record.downloads} times`]),
    ...compareCounts(reported, expectedCounts(look.rowCount)),
    ...findDifferences(users, expected),
  ]
  const [sampleKey = ''] = expected.keys()
  const sample = users.get(sampleKey)
  const lines = [
    `Look      ${look.title}: ${look.explanation}`,
    `Looker    ${record.status}, ${count(record.rowsSent)} rows sent as ${record.format} by download URL`,
    `          ${record.message}`,
    `Heap      environment ${ENVIRONMENT} holds ${count(users.size)} users; ${sampleKey} has`,
    ...Object.entries(sample ?? {}).map(([name, value]) => `            ${name}: ${JSON.stringify(value)}`),
    `Counts    ${reported ? describe(reported) : 'none reported'}`,
    problems.length === 0
      ? 'Checked   every join key and every property value in Heap is as the rows of the Look make expect.'
      : `Wrong     ${problems.join('\n          ')}`,
  ]
  return { agrees: problems.length === 0, lines }
}

function expectedCounts(received: number): ReportedCounts {
  const { duplicate, 'too long': tooLong, placeholder, missing } = knownDefectCounts()
  const rejected = duplicate + tooLong + placeholder
  return { received, delivered: received - rejected - missing, rejected, skipped: missing }
}

function compareCounts(reported: ReportedCounts | undefined, expected: ReportedCounts): string[] {
  if (!reported) return ['the message to Looker has no counts']
  return (['received', 'delivered', 'rejected', 'skipped'] as const)
    .filter((name) => reported[name] !== expected[name])
    .map((name) => `${name} is ${count(reported[name])}, expected ${count(expected[name])}`)
}

function describe({ received, delivered, rejected, skipped }: ReportedCounts): string {
  return `received ${count(received)} = delivered ${count(delivered)} + rejected ${count(rejected)} + skipped ${count(skipped)}`
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
