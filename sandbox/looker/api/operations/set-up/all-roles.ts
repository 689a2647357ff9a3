import { demand } from '../../demand.ts'
import type { Operation } from '../../operation.ts'
import { pickFields } from '../../pick-fields.ts'
import { isAdmin } from '../../users.ts'

/** Every user of the stand-in has a role of their own, with a set of permissions and one of models. */
export const allRoles: Operation = {
  name: 'all_roles',
  verb: 'GET',
  path: '/roles',
  handle(call) {
    demand(call, 'administer')
    const roles = call.instance.users.map((user) => ({
      id: user.id,
      name: user.role,
      permission_set: { id: user.id, permissions: [...user.permissions], all_access: isAdmin(user) },
      model_set: {
        id: user.id,
        models: user.models === 'all' ? [] : [...user.models],
        all_access: user.models === 'all',
      },
    }))
    return pickFields(roles, call.query.fields)
  },
}
