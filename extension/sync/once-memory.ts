import { isRecord } from '../../shared/is-record.ts'
import type { LookerHost } from '../looker/adaptor.tsx'
import { readStored, writeStored } from '../looker/local-storage.ts'

/** A delivery that was sent once: no plan of Looker's shows it later, so that the browser keeps its ID. */
export type SentOnce = {
  planId: string
  syncId: string
  title: string
  /** ISO 8601. */
  at: string
}

const NAME = 'sent-once'

/** The server keeps imports for 90 days by default, and nobody reads longer lists. */
const MOST = 30

/** Newest first. What cannot be read is dropped. */
export async function readSentOnce(host: LookerHost): Promise<SentOnce[]> {
  try {
    const stored: unknown = JSON.parse((await readStored(host, NAME)) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isSentOnce) : []
  } catch {
    return []
  }
}

export async function rememberSentOnce(host: LookerHost, sent: SentOnce): Promise<void> {
  const others = (await readSentOnce(host)).filter(({ planId }) => planId !== sent.planId)
  await writeStored(host, NAME, JSON.stringify([sent, ...others].slice(0, MOST)))
}

function isSentOnce(entry: unknown): entry is SentOnce {
  return (
    isRecord(entry) && ['planId', 'syncId', 'title', 'at'].every((name) => typeof entry[name] === 'string')
  )
}
