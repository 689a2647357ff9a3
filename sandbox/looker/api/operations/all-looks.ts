import type { ILook } from '@looker/sdk'
import type { Operation } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'
import { demand } from '../users.ts'

/** Every Look at once, which is why an extension should rather search. */
export const allLooks: Operation = {
  name: 'all_looks',
  verb: 'GET',
  path: '/looks',
  handle({ instance, user, query }): ILook[] {
    demand(user, 'see_looks')
    const looks = instance.looks.all().map(({ view: { query: _, url: __, ...look } }) => look)
    return pickFields(looks, query.fields)
  },
}
