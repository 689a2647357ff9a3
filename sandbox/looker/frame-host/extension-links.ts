import type { LookerUser } from '../api/users.ts'
import type { ExtensionLink } from '../shell/layout.ts'
import { accessOf } from './access.ts'
import type { ExtensionSource } from './extension-source.ts'
import type { HostUnknowns } from './host-unknowns.ts'

/**
 * The extensions in a user's menu. A faulty manifest must not hide the rest of Looker; its own page tells
 * what is wrong.
 */
export async function extensionLinks(
  source: ExtensionSource,
  user: LookerUser,
  unknowns: HostUnknowns,
): Promise<ExtensionLink[]> {
  try {
    const { applications } = await source.manifest()
    const { kind } = await accessOf(user, source, unknowns)
    return applications
      .filter(({ isStandalone }) => isStandalone && kind === 'granted')
      .map(({ extensionId, label }) => ({ id: extensionId, label }))
  } catch {
    return [{ id: 'manifest', label: 'Extension: faulty manifest' }]
  }
}
