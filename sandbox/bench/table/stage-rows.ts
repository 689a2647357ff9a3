import type { Line } from './line.ts'

/**
 * Processor seconds by stage, a column for every line that was profiled; nothing without any. What no profile sees (threads of the
 * engine and of the pool) is the rest of what the process has used.
 */
export function stageRows(lines: readonly Line[]): string[][] {
  const profiled = lines.filter(({ stages }) => stages)
  if (profiled.length === 0) return []
  const names = new Set(profiled.flatMap(({ stages }) => [...(stages?.keys() ?? [])]))
  const rows = [...names].map((name) => [name, ...profiled.map(({ stages }) => seconds(stages?.get(name)))])
  const rests = profiled.map(({ stages, cpuSeconds }) => {
    const seen = [...(stages?.values() ?? [])].reduce((sum, amount) => sum + amount, 0)
    return cpuSeconds === null ? '' : seconds(Math.max(0, cpuSeconds - seen))
  })
  return [['stage', ...profiled.map(({ what }) => what)], ...rows, ['other threads', ...rests]]
}

function seconds(amount: number | undefined): string {
  return amount === undefined ? '' : amount.toFixed(2)
}
