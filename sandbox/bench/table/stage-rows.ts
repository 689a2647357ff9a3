import type { Line } from './line.ts'

/** Stages that take less in every line are not worth a column. */
const LEAST_SECONDS = 0.005

/**
 * Processor seconds by stage: a row for every line that was profiled, a column for every stage, those that take
 * most first; nothing without any. What no profile sees (threads of the engine and of the pool) is the rest of
 * what the process has used. A profile goes by the clock, so that on a busy machine it counts waiting for a core
 * as work: then its seconds are made smaller, until they are what the process has used.
 */
export function stageRows(lines: readonly Line[]): string[][] {
  const profiled = lines.flatMap(({ what, cpuSeconds, stages }) =>
    stages ? { what, cpuSeconds, stages: fitted(stages, cpuSeconds) } : [],
  )
  if (profiled.length === 0) return []
  const most = new Map<string, number>()
  for (const { stages } of profiled) {
    for (const [name, amount] of stages) most.set(name, Math.max(most.get(name) ?? 0, amount))
  }
  const names = [...most]
    .filter(([, amount]) => amount >= LEAST_SECONDS)
    .sort(([, one], [, other]) => other - one)
    .map(([name]) => name)
  const rows = profiled.map(({ what, cpuSeconds, stages }) => {
    const rest = cpuSeconds === null ? '' : Math.max(0, cpuSeconds - sum(stages)).toFixed(2)
    return [what, ...names.map((name) => (stages.get(name) ?? 0).toFixed(2)), rest]
  })
  return [['CPU seconds by stage', ...names, 'other threads'], ...rows]
}

function fitted(stages: ReadonlyMap<string, number>, cpuSeconds: number | null): ReadonlyMap<string, number> {
  const scale = Math.min(1, (cpuSeconds ?? Number.POSITIVE_INFINITY) / sum(stages))
  return new Map([...stages].map(([name, amount]) => [name, amount * scale]))
}

function sum(stages: ReadonlyMap<string, number>): number {
  return [...stages.values()].reduce((total, amount) => total + amount, 0)
}
