import { Button } from '@looker/components'
import type { IScheduledPlan } from '@looker/sdk'
import React from 'react'
import { useHistory } from 'react-router-dom'
import type { KindOf } from '../actions/kind-lookup.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { PageTitle } from '../components/page.tsx'
import { takeOverPath } from '../routes.ts'
import { foreignTargets } from '../sync/targets.ts'

/** A plan that sends to no action of ours; one of Heap's own action can be taken over. */
export function NoSync({ plan, kindOf }: { plan: IScheduledPlan; kindOf: KindOf }) {
  const history = useHistory()
  const [foreign] = foreignTargets(plan, kindOf).filter(({ is }) => is.kind === 'heap_own')
  return (
    <>
      <PageTitle>{plan.name || 'Scheduled plan'}</PageTitle>
      {foreign ? (
        <EmptyState
          title="Made for Heap's action"
          action={
            <Button onClick={() => history.push(takeOverPath(plan.id ?? '', foreign.index))}>
              Take over
            </Button>
          }
        >
          The schedule goes to Heap's own action and not to that of this extension.
        </EmptyState>
      ) : (
        <EmptyState title="This is no sync">
          The schedule does not send a Look to Heap again and again.
        </EmptyState>
      )}
    </>
  )
}
