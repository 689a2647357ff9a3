import type { IScheduledPlan } from '@looker/sdk'
import type { OtherProperty } from '../../shared/advice/names/property-neighbours.ts'
import type { PropertyType } from '../../shared/settings/sync-settings.ts'
import { readSettings } from '../../shared/settings/sync-settings.ts'
import type { ActionServer } from '../action-server/action-server.ts'
import type { KindOf } from '../actions/kind-lookup.ts'
import { readParameters } from '../sync/settings.ts'
import { syncTarget } from '../sync/targets.ts'
import { fetchImportDetail } from './import-detail.ts'
import { fetchSyncHealths } from './sync-healths.ts'
import { addressOf } from './sync-ref.ts'

/** Each costs a call; a team has few that write into one environment. */
const MOST_SYNCS = 20

/** The same target for which names are compared, and the sync that is edited, which is no other. */
type Target = { environmentId: string; propertyType: PropertyType; planId: string | null }

/**
 * What other syncs wrote into an environment last, as far as the user may see them.
 *
 * @throws ActionServerError
 */
export async function fetchOtherProperties(
  server: ActionServer,
  plans: readonly IScheduledPlan[],
  kindOf: KindOf,
  { environmentId, propertyType, planId }: Target,
): Promise<OtherProperty[]> {
  const others = plans
    .flatMap((plan) => {
      const target = plan.id === planId ? null : syncTarget(plan, kindOf)
      if (target === null) return []
      const { settings } = readSettings(readParameters(target.destination.parameters))
      const same = settings.environmentId === environmentId && settings.propertyType === propertyType
      return same
        ? [{ title: plan.name ?? plan.title ?? 'another sync', address: addressOf(plan, target) }]
        : []
    })
    .slice(0, MOST_SYNCS)
  if (others.length === 0) return []
  const healths = await fetchSyncHealths(
    server,
    others.map(({ address }) => address.ref),
  )
  const found = await Promise.all(
    others.map(async ({ title, address }) => {
      const last = healths.find(({ ref }) => ref === address.ref)?.lastImport
      if (!last) return []
      const { properties } = await fetchImportDetail(server, address, last.id)
      return (properties ?? []).map(({ name }) => ({ property: name, sync: title }))
    }),
  )
  return found.flat()
}
