import { readFile, writeFile } from 'node:fs/promises'

/** What a process has used: resident memory in bytes, processor time of all its threads in seconds. */
type ProcessUse = { bytesNow: number; peakBytes: number; cpuSeconds: number }

/** Linux counts processor time in hundredths of a second for /proc, whatever the machine. */
const TICKS_PER_SECOND = 100

/** Null where there is no /proc (not Linux). */
export async function readUse(pid: number | 'self'): Promise<ProcessUse | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const kilobytes = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0)
    // Field 2 is the name in brackets and may hold spaces; utime and stime are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    return {
      bytesNow: kilobytes('VmRSS') * 1024,
      peakBytes: kilobytes('VmHWM') * 1024,
      cpuSeconds: ticks / TICKS_PER_SECOND,
    }
  } catch {
    return null
  }
}

/** What was used in between: the peak above the memory at the start, and processor time. */
export function useBetween(
  before: ProcessUse | null,
  after: ProcessUse | null,
): { peakBytes: number | null; cpuSeconds: number | null } {
  if (!before || !after) return { peakBytes: null, cpuSeconds: null }
  return {
    peakBytes: Math.max(0, after.peakBytes - before.bytesNow),
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
  }
}

/** Forgets the peak so far (proc(5): 5 written to clear_refs resets VmHWM). */
export async function resetPeak(pid: number | 'self'): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => {})
}
