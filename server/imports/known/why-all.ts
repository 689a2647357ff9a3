import { ALL_EVERY } from '../../../shared/settings/send.ts'
import { countOf } from '../../../shared/text/text-list.ts'
import type { Doubt, LastDelivery } from '../../database/repositories/known/last-delivery.ts'

/** Why a delivery of which only changes were to be sent was sent as a whole. */
export type AllReason = Doubt | 'switched_off' | 'first' | 'tenth' | 'many_rejected' | 'gone'

const TEXTS: Record<Exclude<AllReason, 'not_kept'>, string> = {
  switched_off: 'the server keeps no fingerprints of rows (KNOWN_ROWS is 0)',
  first: 'no delivery like this one is known',
  tenth: `in every ${ALL_EVERY}th delivery`,
  many_rejected: 'too many rows of the last delivery were rejected',
  gone: 'the fingerprints of the last delivery were replaced meanwhile',
  other_heap: 'the last delivery was sent to another address of Heap',
  since: 'something else was sent since the last delivery',
  restored:
    "the server's database was restored, or its machine was started again, since the last delivery, so that not all that was sent may be known",
  undecided: 'not all of the last delivery is known to stand in Heap',
  other_sync: 'another sync has sent some of the same properties since the last delivery',
}

/** @param mostRows KNOWN_ROWS */
export function whyAll(reason: AllReason, last: LastDelivery | undefined, mostRows: number): string {
  if (reason !== 'not_kept') return `All rows were sent, as ${TEXTS[reason]}.`
  return last !== undefined && last.received > mostRows
    ? `All rows were sent, as the last delivery had more than ${countOf(mostRows, 'row')}, the most of which the server keeps fingerprints (KNOWN_ROWS).`
    : 'All rows were sent, as no fingerprints of the last delivery are kept.'
}
