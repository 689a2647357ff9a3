import { isRecord } from '../shared/is-record.ts'
import { shorten } from '../shared/text/shorten.ts'
import { MADE_TOKEN } from './connections/token.ts'

/** Longest line of the log, in characters; collectors cut or drop longer ones. */
const MAX_LINE = 16_384
/** Longest text in a line that is too long. */
const MAX_TEXT = 1_000
/** Most members of an object or a list of a line that is too long. */
const MAX_MEMBERS = 50
const MAX_DEPTH = 6

/** A line of the log as it is written: of bounded length, still JSON, and without a token of ours. */
export function boundedLine(line: string): string {
  const safe = line.replace(MADE_TOKEN, '…')
  return safe.length <= MAX_LINE ? safe : `${cutLine(safe)}\n`
}

function cutLine(line: string): string {
  try {
    const record: unknown = JSON.parse(line)
    const cut = JSON.stringify({ ...toRecord(cutValue(record, 0)), cut: true })
    if (cut.length <= MAX_LINE) return cut
    const { level, time, pid, hostname, reqId, msg } = isRecord(record) ? record : {}
    return JSON.stringify(cutValue({ level, time, pid, hostname, reqId, msg, cut: true }, MAX_DEPTH - 1))
  } catch {
    return JSON.stringify({
      level: 50,
      time: Date.now(),
      msg: 'a line of the log could not be cut',
      cut: true,
    })
  }
}

function cutValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return shorten(value, MAX_TEXT)
  if (typeof value !== 'object' || value === null) return value
  if (depth === MAX_DEPTH) return '…'
  if (Array.isArray(value)) return value.slice(0, MAX_MEMBERS).map((member) => cutValue(member, depth + 1))
  const members = Object.entries(value).slice(0, MAX_MEMBERS)
  return Object.fromEntries(
    members.map(([name, member]) => [shorten(name, 100), cutValue(member, depth + 1)]),
  )
}

function toRecord(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}
