import type { Line } from './line.ts'

/** Stages that take less in every line are not worth a column. */
const LEAST_SECONDS = 0.005

/**
 * Processor seconds by stage: a row for every line that was profiled, a column for every stage, those that take
 * most first; nothing without any. What no profile sees (threads of the engine and of the pool) is the rest of
 * what the process has used.
 */
export function stageRows(lines: readonly Line[]): string[][] {
  const profiled = lines.flatMap(({ what, cpuSeconds, stages }) =>
    stages ? { what, cpuSeconds, stages } : [],
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
    const seen = [...stages.values()].reduce((sum, amount) => sum + amount, 0)
    const rest = cpuSeconds === null ? '' : Math.max(0, cpuSeconds - seen).toFixed(2)
    return [what, ...names.map((name) => (stages.get(name) ?? 0).toFixed(2)), rest]
  })
  return [['CPU seconds by stage', ...names, 'other threads'], ...rows]
}
