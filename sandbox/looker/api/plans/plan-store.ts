import type { IScheduledPlan, IScheduledPlanDestination, IWriteScheduledPlan } from '@looker/sdk'
import { notFound } from '../api-error.ts'
import type { ApiUnknowns } from '../unknowns.ts'
import type { LookerUser } from '../users.ts'
import { isAdmin, publicUserView } from '../users.ts'

/** A plan that is stored, so that it has an id, an owner and times. */
export type StoredPlan = IScheduledPlan & { id: string; user_id: string }

export type PlanStore = ReturnType<typeof createPlanStore>

/** @param nextId ids of plans and of Sends, which are plans as well, come from one row of numbers */
export function createPlanStore(nextId: () => string, unknowns: Pick<ApiUnknowns, 'secrets'>) {
  const plans = new Map<string, StoredPlan>()
  const secrets = new Map<string, Secrets>()

  /** Secret parameters are write-only: they are kept beside the plan, and no answer has them. */
  function setDestinations(plan: StoredPlan, given: readonly IScheduledPlanDestination[]): void {
    const before = (plan.scheduled_plan_destination ?? []).map((destination, index) => ({
      destination,
      secret: secrets.get(plan.id)?.[index] ?? null,
    }))
    const kept = (one: IScheduledPlanDestination) =>
      unknowns.secrets === 'lost'
        ? null
        : (before.find(({ destination }) => isSamePlace(destination, one))?.secret ?? null)
    secrets.set(
      plan.id,
      given.map((destination) => destination.secret_parameters ?? kept(destination)),
    )
    plan.scheduled_plan_destination = given.map((destination, index) => describe(plan.id, destination, index))
  }

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
      }
      setDestinations(plan, body.scheduled_plan_destination ?? [])
      plans.set(id, plan)
      return plan
    },
    /** The secret parameters of each destination of a plan, in order; null where there are none. */
    secretsOf: (id: string): Secrets => secrets.get(id) ?? [],
    /** What a copy of a plan needs to deliver as the plan does. */
    copySecrets(from: StoredPlan, to: StoredPlan): void {
      secrets.set(to.id, [...(secrets.get(from.id) ?? [])])
    },
    /** Destinations that are given replace all others (documented by Looker). */
    change(plan: StoredPlan, body: Partial<IWriteScheduledPlan>): StoredPlan {
      const { scheduled_plan_destination: destinations, ...rest } = body
      Object.assign(plan, rest, { updated_at: new Date() })
      if (destinations) setDestinations(plan, destinations)
      return plan
    },
    remove(id: string): boolean {
      secrets.delete(id)
      return plans.delete(id)
    },
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

type Secrets = readonly (string | null)[]

function describe(
  planId: string,
  { secret_parameters: _, ...destination }: IScheduledPlanDestination,
  index: number,
): IScheduledPlanDestination {
  return {
    apply_formatting: true,
    apply_vis: true,
    address: null,
    parameters: null,
    message: null,
    ...destination,
    looker_recipient: false,
    id: `${planId}${index + 1}`,
    scheduled_plan_id: planId,
  }
}

/** Is it the destination that the plan had before, written again? */
function isSamePlace(before: IScheduledPlanDestination, now: IScheduledPlanDestination): boolean {
  return before.type === now.type && (before.address ?? '') === (now.address ?? '')
}

/** The plan as the API describes it to a user. */
export function planView(
  plan: StoredPlan,
  user: LookerUser,
  { can }: Pick<ApiUnknowns, 'can'>,
): IScheduledPlan {
  const may = mayChange(plan, user)
  return can === 'silent' ? plan : { ...plan, can: { show: true, update: may, destroy: may } }
}

/** May the user change or delete it? Others than admins only what is their own. */
export function mayChange({ user_id: owner }: StoredPlan, user: LookerUser): boolean {
  return owner === user.id || isAdmin(user)
}
