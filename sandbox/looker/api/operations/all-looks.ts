import type { ILook } from '@looker/sdk'
import { demand } from '../demand.ts'
import type { Operation } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'

/** Every Look at once, which is why an extension should rather search. */
export const allLooks: Operation = {
  name: 'all_looks',
  verb: 'GET',
  path: '/looks',
  handle(call): ILook[] {
    demand(call, 'see_looks')
    const { instance, query } = call
    const looks = instance.looks.all().map(({ view: { query: _, url: __, ...look } }) => look)
    return pickFields(looks, query.fields)
  },
}
