import type { LookerUser, Permission } from '../api/users.ts'
import type { ExtensionSource } from './extension-source.ts'
import type { HostUnknowns } from './host-unknowns.ts'

/** May a user open the extensions of a project? If not, what is missing. */
type Access = { kind: 'granted' } | { kind: 'refused'; reason: string }

/** They count for the models of the user's model set. */
const OF_A_MODEL: readonly Permission[] = ['explore', 'develop']

/**
 * Looker's page on permissions for extensions: a role with `manage_models`, which counts for the whole
 * instance, or with `explore` or `develop` on the extension's model. Whether `access_data` alone is enough is
 * said differently in different places, so the stand-in offers both.
 */
export async function accessOf(
  user: LookerUser,
  source: Pick<ExtensionSource, 'models'>,
  { accessDataAlone }: Pick<HostUnknowns, 'accessDataAlone'>,
): Promise<Access> {
  const models = await source.models()
  if (user.permissions.has('manage_models')) return { kind: 'granted' }
  const enough = accessDataAlone === 'enough' ? [...OF_A_MODEL, 'access_data' as const] : OF_A_MODEL
  const hasModel = models.some((model) => user.models === 'all' || user.models.includes(model))
  if (hasModel && enough.some((permission) => user.permissions.has(permission))) return { kind: 'granted' }
  const permissions = enough.join(' or ')
  return {
    kind: 'refused',
    reason:
      models.length === 0
        ? 'The project of this extension has no model. Add one; until then manage_models is needed.'
        : `To open this extension you need the permission ${permissions} on the model ${models.join(' or ')}, or manage_models. Ask an admin for a role that has it.`,
  }
}
