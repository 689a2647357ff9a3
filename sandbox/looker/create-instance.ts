import type { ActionClientOptions } from './action/action-client.ts'
import { createHubs } from './api/hubs/hubs.ts'
import type { LookerInstance } from './api/instance.ts'
import { createLookLibrary } from './api/looks/look-library.ts'
import { createDatagroups } from './api/plans/datagroups.ts'
import { createPlanStore } from './api/plans/plan-store.ts'
import { createProjects } from './api/projects/projects.ts'
import { createSessions } from './api/sessions.ts'
import type { ApiUnknowns } from './api/unknowns.ts'
import { DEFAULT_UNKNOWNS } from './api/unknowns.ts'
import { SAMPLE_USERS } from './api/users.ts'
import type { Deliveries } from './delivering/deliveries.ts'
import { createUserAttributes } from './frame-host/user-attributes.ts'
import type { Look } from './look.ts'
import { createPlanDelivery } from './scheduler/deliver-plan.ts'
import { createScheduler } from './scheduler/scheduler.ts'

type InstanceOptions = {
  looks: readonly Look[]
  generatedLooks?: number
  deliveries: Deliveries
  nextPlanId: () => string
  clientOptions: Omit<ActionClientOptions, 'token'>
  unknowns?: Partial<ApiUnknowns> | undefined
}

/** A Looker instance with its users and Looks, and nothing set up yet. */
export function createInstance(options: InstanceOptions): LookerInstance {
  const { deliveries, clientOptions, nextPlanId } = options
  const users = SAMPLE_USERS
  const unknowns = { ...DEFAULT_UNKNOWNS, ...options.unknowns }
  const looks = createLookLibrary(options.looks, users, options.generatedLooks)
  const hubs = createHubs(clientOptions, unknowns)
  const plans = createPlanStore(nextPlanId, unknowns)
  const datagroups = createDatagroups()
  const deliver = createPlanDelivery({ looks, hubs, deliveries, unknowns })
  return {
    unknowns,
    users,
    looks,
    hubs,
    plans,
    datagroups,
    scheduler: createScheduler({ plans, datagroups, deliver }),
    attributes: createUserAttributes(),
    projects: createProjects(),
    sessions: createSessions(users),
    contextData: new Map(),
  }
}
