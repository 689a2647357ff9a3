import type { Look, LookRow } from '../../sandbox/looker/look.ts'
import { dimension, measure, sampleLook } from './sample-look.ts'

/** Users `from` to `to`; the columns `users.plan` (the Look's ID) and `orders.ltv` (the user's number). */
export type KeysLook = { id: string; from: number; to: number; columns?: readonly string[]; order?: 'random' }

export const emailOf = (number: number) => `user${number}@example.com`

/** A Look whose rows tell which delivery they came with. */
export function keysLook(
  { id, from, to, columns = ['users.plan', 'orders.ltv'] }: KeysLook,
  more: Partial<Look> = {},
): Look {
  return sampleLook({
    id,
    title: id,
    fields: {
      dimensions: [
        dimension('users.email'),
        ...columns.filter((name) => name !== 'orders.ltv').map((name) => dimension(name)),
      ],
      measures: columns.includes('orders.ltv') ? [measure('orders.ltv')] : [],
      pivots: [],
      table_calculations: [],
    },
    rows: function* () {
      for (let number = from; number <= to; number += 1) {
        const row: LookRow = { 'users.email': emailOf(number) }
        for (const name of columns) row[name] = name === 'orders.ltv' ? number : id
        yield row
      }
    },
    ...more,
  })
}
