import { MODEL } from './installed-names.ts'
import type { SetUpApi } from './set-up-api.ts'

/** A role that lets people open the extension, and whether it lets them send. */
export type RoleFound = { name: string; opensExtension: boolean; sends: boolean }

/** What is needed for a model, to open an extension (Looker's page on permissions for extensions). */
const OPENS = ['explore', 'develop']

/** Roles besides Admin; empty where Looker does not tell them. */
export async function readRoles({ sdk }: SetUpApi): Promise<RoleFound[]> {
  const answer = await sdk.all_roles({})
  if (!answer.ok) return []
  return answer.value
    .filter((role) => role.permission_set?.all_access !== true && role.name !== 'Admin')
    .map((role) => {
      const permissions = role.permission_set?.permissions ?? []
      const hasModel = role.model_set?.all_access === true || (role.model_set?.models ?? []).includes(MODEL)
      return {
        name: role.name ?? '',
        opensExtension:
          permissions.includes('manage_models') ||
          (hasModel && OPENS.some((permission) => permissions.includes(permission))),
        sends: permissions.includes('send_to_integration'),
      }
    })
}
