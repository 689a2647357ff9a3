import { ButtonOutline } from '@looker/components'
import type { IScheduledPlan } from '@looker/sdk'
import React from 'react'
import { ErrorMessage } from '../components/error-message.tsx'
import { Notice } from '../components/notice.tsx'
import { useMe } from '../looker/me.ts'
import { useUpdatePlan } from '../looker/update-scheduled-plan.ts'
import { useIsDisabled } from '../looker/user.ts'
import type { Rights } from '../sync/rights.ts'

type Props = { plan: IScheduledPlan; rights: Rights }

/**
 * Looker does not run the schedules of a disabled user: they fail until somebody else has them. Nothing where
 * the owner is not disabled, or nobody tells.
 */
export function DisabledOwner({ plan, rights }: Props) {
  const me = useMe().data
  const owner = plan.user_id ?? null
  const isOwn = me === undefined || owner === me.id
  const disabled = useIsDisabled(isOwn ? null : owner)
  const update = useUpdatePlan()
  if (disabled !== true || !me) return null
  return (
    <>
      <Notice intent="critical" role="alert">
        <p>
          <strong>
            {plan.user?.display_name || 'The owner'} is disabled in Looker, so the deliveries fail.
          </strong>
        </p>
        {rights.kind === 'may' ? (
          <>
            <p>
              Make the sync yours: its runs go on as they are, with what you may see of the Look, and under
              the same ID, so that its history stays.
            </p>
            <ButtonOutline
              size="small"
              disabled={update.isLoading}
              onClick={() => update.mutate({ id: plan.id ?? '', change: { user_id: me.id } })}
            >
              Make it mine
            </ButtonOutline>
          </>
        ) : (
          <p>A Looker admin can open this page and choose Make it mine, or you set up a sync of your own.</p>
        )}
      </Notice>
      {update.isError && <ErrorMessage error={update.error} />}
    </>
  )
}
