import type { BatchRepository } from '../../database/repositories/batch-repository.ts'
import { DeliveryError } from '../delivery-error.ts'

/** The sum goes over all waiting batches, so it is not taken for every block of rows. */
const CHECK_EVERY_MILLISECONDS = 2_000

const TOO_MUCH_HELD =
  'Too many rows of unusual deliveries wait until somebody decides about them. Release or discard them in the extension "Heap Data Import" in Looker, then send the Look again.'

/** Rows that the delivery may replace do not stand in its way; but it need not replace any, so they are bounded. */
const WITH_OLDER = 2

/**
 * A connection may have this share of the room, beside it, for deliveries that wait for somebody to decide: a quarter.
 * They stay for days, so they must not turn away those of others. Ours.
 */
const HELD_SHARE = 0.25

/**
 * Makes the check that the database has room for more rows, which is to be asked before rows are taken. What
 * waits there waits for Heap: when Heap is away for long, turning deliveries away beats a full disk.
 *
 * @throws DeliveryError when too much waits
 */
export function createRoomCheck(
  batches: Pick<BatchRepository, 'waitingBytes'>,
  importId: number,
  maxBytes: number,
) {
  let checkedAt = Number.NEGATIVE_INFINITY
  return async (): Promise<void> => {
    if (performance.now() - checkedAt < CHECK_EVERY_MILLISECONDS) return
    checkedAt = performance.now()
    const { all, older, held } = await batches.waitingBytes(importId)
    if (held >= maxBytes * HELD_SHARE) throw new DeliveryError(TOO_MUCH_HELD)
    if (all - older < maxBytes && all < maxBytes * WITH_OLDER) return
    throw new DeliveryError(
      'The Heap action server is full: too many rows of earlier deliveries wait until Heap takes them. Send the Look again in an hour, or tell the person who runs the server.',
    )
  }
}
