import { refusal } from './api-error.ts'
import type { ApiCall } from './operation.ts'
import type { Permission } from './users.ts'

/** @throws LookerApiError when the caller lacks the permission */
export function demand({ user, instance }: ApiCall, permission: Permission): void {
  if (!user.permissions.has(permission)) throw refusal(instance.unknowns)
}
