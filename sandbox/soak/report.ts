import type { Audit } from './audit.ts'
import type { MemorySample, RestlessServer } from './restless-server.ts'

const number = (value: number) => value.toLocaleString('en-US')

/** Requests by what Heap did to them; 200 is what it does when all is well. */
export function reportFaults(outcomes: Readonly<Record<string, number>>): string[] {
  const faults = Object.entries(outcomes).filter(([outcome]) => outcome !== '200')
  const total = faults.reduce((sum, [, count]) => sum + count, 0)
  const list = faults.map(([outcome, count]) => `${number(count)} ${outcome}`).join(', ')
  return [`requests: ${number(outcomes['200'] ?? 0)} well, ${number(total)} befallen (${list})`]
}

export function reportEndings({ endings }: RestlessServer): string[] {
  return (['SIGKILL', 'SIGTERM'] as const).map((signal) => {
    const own = endings.filter((ending) => ending.signal === signal)
    const longest = Math.max(0, ...own.map(({ seconds }) => seconds))
    return `${signal}: ${own.length} times, ready again within ${longest.toFixed(1)} s`
  })
}

/** The least of each minute: what stays after the garbage is gone. */
export function reportMemory(samples: readonly MemorySample[]): string[] {
  const minutes = Map.groupBy(samples, ({ minute }) => Math.floor(minute))
  return [...minutes].map(([minute, own]) => {
    const megabytes = own.map((sample) => sample.megabytes)
    const age = own.at(-1)?.processMinutes ?? 0
    return `minute ${minute + 1}: RSS ${Math.min(...megabytes)} to ${Math.max(...megabytes)} MB (process ${age.toFixed(1)} min old)`
  })
}

export function reportAudit({ imports, compared, problems }: Audit): string[] {
  const sum = (name: 'received' | 'delivered' | 'rejected' | 'skipped' | 'superseded' | 'unchanged') =>
    number(imports.reduce((total, row) => total + row[name], 0))
  return [
    `imports: ${number(imports.length)}, of which ${imports.filter((row) => row.failure !== null).length} were broken off, and ${imports.filter((row) => row.superseded > 0).length} replaced in part or as a whole`,
    `rows: ${sum('received')} received = ${sum('delivered')} delivered + ${sum('rejected')} rejected + ${sum('skipped')} skipped + ${sum('superseded')} superseded + ${sum('unchanged')} unchanged`,
    `compared with Heap: ${number(compared)} rows`,
    ...problems.slice(0, 20).map((problem) => `PROBLEM ${problem}`),
    problems.length === 0 ? 'lost: 0' : `LOST OR WRONG: ${problems.length}`,
  ]
}
