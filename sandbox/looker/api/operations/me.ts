import type { IUser } from '@looker/sdk'
import type { Operation } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'
import { userView } from '../users.ts'

export const me: Operation = {
  name: 'me',
  verb: 'GET',
  path: '/user',
  handle: ({ user, query }): IUser => pickFields(userView(user), query.fields),
}
