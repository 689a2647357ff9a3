import type { IUser } from '@looker/sdk'
import { notFound } from '../api-error.ts'
import type { Operation } from '../operation.ts'
import { pathParameter } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'
import { isAdmin, userView } from '../users.ts'

/** Another user, whom only admins may look up. */
export const user: Operation = {
  name: 'user',
  verb: 'GET',
  path: '/users/{user_id}',
  handle(call): IUser {
    const id = pathParameter(call, 'user_id')
    const found = call.instance.users.find((candidate) => candidate.id === id)
    if (!found || (id !== call.user.id && !isAdmin(call.user))) throw notFound()
    return pickFields(userView(found), call.query.fields)
  },
}
