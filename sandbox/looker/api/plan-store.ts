import type { IScheduledPlan, IScheduledPlanDestination, IWriteScheduledPlan } from '@looker/sdk'
import { notFound } from './api-error.ts'
import type { LookerUser } from './users.ts'
import { isAdmin, publicUserView } from './users.ts'

/** A plan that is stored, so that it has an id, an owner and times. */
export type StoredPlan = IScheduledPlan & { id: string; user_id: string }

export type PlanStore = ReturnType<typeof createPlanStore>

/** @param nextId ids of plans and of Sends, which are plans as well, come from one row of numbers */
export function createPlanStore(nextId: () => string) {
  const plans = new Map<string, StoredPlan>()

  return {
    all: (): readonly StoredPlan[] => [...plans.values()],
    find: (id: string): StoredPlan | undefined => plans.get(id),
    /** @throws LookerApiError 404: there is none, or the user may not know of it */
    findFor(id: string, user: LookerUser): StoredPlan {
      const plan = plans.get(id)
      const visible = plan && (plan.user_id === user.id || user.permissions.has('see_schedules'))
      if (!visible) throw notFound()
      return plan
    },
    add(owner: LookerUser, body: Partial<IWriteScheduledPlan>, title: string): StoredPlan {
      const id = nextId()
      const plan: StoredPlan = {
        ...DEFAULTS,
        ...body,
        id,
        title,
        user_id: owner.id,
        user: publicUserView(owner),
        created_at: new Date(),
        updated_at: new Date(),
        next_run_at: null,
        last_run_at: null,
        can: { show: true, update: true, destroy: true },
      }
      setDestinations(plan, body.scheduled_plan_destination ?? [])
      plans.set(id, plan)
      return plan
    },
    /** Destinations that are given replace all others (documented by Looker). */
    change(plan: StoredPlan, body: Partial<IWriteScheduledPlan>): StoredPlan {
      const { scheduled_plan_destination: destinations, ...rest } = body
      Object.assign(plan, rest, { updated_at: new Date() })
      if (destinations) setDestinations(plan, destinations)
      return plan
    },
    remove: (id: string): boolean => plans.delete(id),
  }
}

const DEFAULTS: Partial<IScheduledPlan> = {
  enabled: true,
  run_as_recipient: false,
  filters_string: null,
  require_results: false,
  require_no_results: false,
  require_change: false,
  send_all_results: false,
  crontab: null,
  datagroup: null,
  timezone: null,
  run_once: false,
  include_links: false,
  look_id: null,
  dashboard_id: null,
  lookml_dashboard_id: null,
  query_id: null,
}

/** Secret parameters are write-only. */
function setDestinations(plan: StoredPlan, destinations: readonly IScheduledPlanDestination[]): void {
  plan.scheduled_plan_destination = destinations.map(({ secret_parameters: _, ...destination }, index) => ({
    apply_formatting: true,
    apply_vis: true,
    address: null,
    looker_recipient: false,
    message: null,
    ...destination,
    id: `${plan.id}${index + 1}`,
    scheduled_plan_id: plan.id,
  }))
}

/** May the user change or delete it? Others than admins only what is their own. */
export function mayChange({ user_id: owner }: StoredPlan, user: LookerUser): boolean {
  return owner === user.id || isAdmin(user)
}
