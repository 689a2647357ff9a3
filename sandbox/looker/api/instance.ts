import type { UserAttributes } from '../frame-host/user-attributes.ts'
import type { Scheduler } from '../scheduler/scheduler.ts'
import type { Hubs } from './hubs/hubs.ts'
import type { LookLibrary } from './looks/look-library.ts'
import type { Datagroups } from './plans/datagroups.ts'
import type { PlanStore } from './plans/plan-store.ts'
import type { Projects } from './projects/projects.ts'
import type { Sessions } from './sessions.ts'
import type { ApiUnknowns } from './unknowns.ts'
import type { LookerUser } from './users.ts'

/** Everything that a Looker instance keeps; here in memory, and gone when the stand-in ends. */
export type LookerInstance = {
  unknowns: ApiUnknowns
  users: readonly LookerUser[]
  looks: LookLibrary
  hubs: Hubs
  plans: PlanStore
  datagroups: Datagroups
  scheduler: Scheduler
  attributes: UserAttributes
  projects: Projects
  /** Of API clients. */
  sessions: Sessions
  /** Context data of extensions by id: one text for all users (documented by Looker). */
  contextData: Map<string, string>
}
