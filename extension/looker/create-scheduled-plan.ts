import type { IScheduledPlan, IWriteScheduledPlan } from '@looker/sdk'
import type { LookerSdk } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

export function createPlan(sdk: LookerSdk, plan: Partial<IWriteScheduledPlan>): Promise<IScheduledPlan> {
  return callLooker(() => sdk.create_scheduled_plan(plan))
}
