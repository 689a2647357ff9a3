import type { KeysLook } from './keys-look.ts'
import { emailOf } from './keys-look.ts'

/** A delivery of a `keysLook`, and how many of its rows were accepted: its first ones. */
type AcceptedRows = { look: KeysLook; accepted: number }

/**
 * What Heap must hold in the end, by the promise alone: of every key that was ever accepted the newest accepted
 * value of every property.
 *
 * @param deliveries in the order in which Looker called
 */
export function expectedUsers(deliveries: readonly AcceptedRows[]): Map<string, Record<string, unknown>> {
  const users = new Map<string, Record<string, unknown>>()
  for (const { look, accepted } of deliveries) {
    const { id, from, columns = ['users.plan', 'orders.ltv'] } = look
    for (let number = from; number < from + accepted; number += 1) {
      const user = users.get(emailOf(number)) ?? {}
      if (columns.includes('users.plan')) user['Users Plan'] = id
      if (columns.includes('users.tier')) user['Users Tier'] = id
      if (columns.includes('orders.ltv')) user['Orders Ltv'] = number
      users.set(emailOf(number), user)
    }
  }
  return users
}
