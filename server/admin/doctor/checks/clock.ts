import type { Outcome } from '../finding.ts'
import { fine, notChecked, problem } from '../finding.ts'
import { call } from '../patient.ts'

/** Access tokens and Looker's download addresses are bound to times; more than this does harm sooner or later. */
const MOST_SECONDS = 60

/** Compares the server's clock with others, by the `Date` of their answers. */
export async function checkClock(serverUrl: string, others: readonly string[]): Promise<Outcome> {
  const own = await clockOf(`${serverUrl}/`)
  if (own === null) return notChecked('the server tells no time')
  for (const url of others) {
    const other = await clockOf(url)
    if (other === null) continue
    const seconds = Math.round((own - other) / 1_000)
    const host = new URL(url).host
    if (Math.abs(seconds) <= MOST_SECONDS) return fine(`as that of ${host}`)
    return problem(
      `${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead of' : 'behind'} ${host}`,
      'Set the clock of the server by NTP (timedatectl set-ntp true).',
    )
  }
  return notChecked('nobody answers to compare with')
}

/** How far a clock is ahead of ours, in milliseconds: the way takes as long for all. */
async function clockOf(url: string): Promise<number | null> {
  const answer = await call(url).catch(() => null)
  const at = Date.parse(answer?.headers.get('date') ?? '')
  return Number.isNaN(at) ? null : at - Date.now()
}
