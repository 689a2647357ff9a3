import type { IScheduledPlan, IWriteScheduledPlan } from '@looker/sdk'
import { useMutation } from '@tanstack/react-query'
import type { LookerSdk } from '../looker/adaptor.tsx'
import { useLooker } from '../looker/adaptor.tsx'
import { runPlanOnce } from '../looker/scheduled-plan-run-once.ts'
import { demandOurAction } from './demand-our-action.ts'

export type OneDelivery = { actionId: string; plan: Partial<IWriteScheduledPlan> }

/** One delivery to our action, and to no other. @throws NotOurActionError */
export async function sendOnce(sdk: LookerSdk, { actionId, plan }: OneDelivery): Promise<IScheduledPlan> {
  await demandOurAction(sdk, actionId)
  return runPlanOnce(sdk, plan)
}

export function useSendOnce() {
  const { sdk } = useLooker()
  return useMutation((delivery: OneDelivery) => sendOnce(sdk, delivery))
}
