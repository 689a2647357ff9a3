import { Cron } from 'croner'
import type { Datagroups } from '../api/plans/datagroups.ts'
import type { PlanStore, StoredPlan } from '../api/plans/plan-store.ts'
import type { DeliveryTrigger } from '../delivering/delivery-record.ts'

export type Scheduler = ReturnType<typeof createScheduler>

type SchedulerContext = {
  plans: PlanStore
  datagroups: Datagroups
  /** Delivers what a plan sends; what goes wrong stands in the history. */
  deliver: (plan: StoredPlan, trigger: DeliveryTrigger) => Promise<void>
}

/** Time zone of plans that name none. */
const INSTANCE_TIMEZONE = 'UTC'

/** Runs plans by the clock, when a datagroup triggers, or at once. Plans that are not enabled run only at once. */
export function createScheduler({ plans, datagroups, deliver }: SchedulerContext) {
  const jobs = new Map<string, Cron>()
  /** When plans that are not enabled would have run. */
  const due = new Map<string, Date>()

  function disarm(id: string): void {
    jobs.get(id)?.stop()
    jobs.delete(id)
  }

  function run(plan: StoredPlan, trigger: DeliveryTrigger): void {
    plan.last_run_at = new Date()
    void deliver(plan, trigger)
  }

  return {
    /** Sets a plan's clock anew, after it was created or changed. */
    arm(plan: StoredPlan): void {
      disarm(plan.id)
      const missed = due.get(plan.id)
      if (!plan.enabled && plan.next_run_at) due.set(plan.id, plan.next_run_at)
      plan.next_run_at = null
      if (!plan.enabled || !plan.crontab || plan.run_once) return
      due.delete(plan.id)
      // A plan that is enabled again makes up for a run that it missed (observed: admin_power_pack).
      if (missed && missed.getTime() <= Date.now()) run(plan, 'schedule')
      const timezone = plan.timezone ?? INSTANCE_TIMEZONE
      const job = new Cron(plan.crontab, { mode: '5-part', timezone, unref: true }, () => {
        run(plan, 'schedule')
        plan.next_run_at = job.nextRun()
      })
      jobs.set(plan.id, job)
      plan.next_run_at = job.nextRun()
    },
    disarm,
    run,
    /** Runs the plans that wait for a datagroup. @returns how many; undefined when there is no such datagroup */
    trigger(name: string): number | undefined {
      const triggered = datagroups.trigger(name)
      if (!triggered) return undefined
      const waiting = plans
        .all()
        .filter((plan) => plan.enabled && plan.datagroup && datagroups.find(plan.datagroup) === triggered)
      for (const plan of waiting) run(plan, 'datagroup')
      return waiting.length
    },
    stop(): void {
      for (const id of [...jobs.keys()]) disarm(id)
    },
  }
}
