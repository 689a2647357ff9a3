import type { ILookWithQuery } from '@looker/sdk'
import { notFound } from '../api-error.ts'
import type { StoredLook } from '../looks/look-library.ts'
import type { ApiCall, Operation } from '../operation.ts'
import { pathParameter } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'

export const look: Operation = {
  name: 'look',
  verb: 'GET',
  path: '/looks/{look_id}',
  handle(call): ILookWithQuery {
    const { view } = findLook(call)
    const { can: _, ...silent } = view
    const schedule = call.user.permissions.has('send_to_integration')
    const told = { ...view, can: { ...view.can, schedule } }
    return pickFields(call.instance.unknowns.can === 'silent' ? silent : told, call.query.fields)
  },
}

/** The Look of the path. @throws LookerApiError 404, which also answers users who may not see Looks */
export function findLook(call: ApiCall): StoredLook {
  const found = call.instance.looks.find(pathParameter(call, 'look_id'))
  if (!found || !call.user.permissions.has('see_looks')) throw notFound()
  return found
}
