import { setTimeout as sleep } from 'node:timers/promises'
import type { DeliveryRecord } from '../looker/delivering/delivery-record.ts'
import type { LookerStandIn } from '../looker/looker-stand-in.ts'
import type { Ledger } from './ledger.ts'
import type { Sync } from './syncs.ts'
import { lookOf } from './syncs.ts'

type Options = {
  looker: LookerStandIn
  ledger: Ledger
  random: () => number
  signal: AbortSignal
}

/** Longest pause between two deliveries of one sync. */
const MOST_PAUSE_MILLISECONDS = 6_000

/**
 * Delivers a sync until the signal; every other time the next delivery begins before the last one is
 * answered.
 *
 * @returns the records of all deliveries, which are answered by then
 */
export async function keepDelivering(
  sync: Sync,
  { looker, ledger, random, signal }: Options,
): Promise<DeliveryRecord[]> {
  const all: Promise<DeliveryRecord>[] = []
  let number = 0

  async function deliver(): Promise<DeliveryRecord> {
    number += 1
    const title = `${sync.name} ${number}`
    const rows = 1 + Math.floor(random() * sync.most)
    ledger.open(title, rows)
    const mode = rows < 2_000 && random() < 0.3 ? 'push' : 'url'
    return looker.deliver(lookOf(sync, title, rows), sync.params, { planId: `plan of ${sync.name}`, mode })
  }

  while (!signal.aborted) {
    const delivery = deliver()
    all.push(delivery)
    if (random() < 0.5) await delivery
    await sleep(random() * MOST_PAUSE_MILLISECONDS, undefined, { signal }).catch(() => undefined)
  }
  return Promise.all(all)
}
