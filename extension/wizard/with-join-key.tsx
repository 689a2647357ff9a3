import type { ReactElement } from 'react'
import React from 'react'
import { Redirect } from 'react-router-dom'
import type { Column } from '../../shared/looker-result/columns.ts'
import { stepPath } from '../routes.ts'
import type { LookSample } from '../sample/use-sample.ts'
import { resolveJoinKey } from './resolve-join-key.ts'
import { WithSample } from './with-sample.tsx'
import { useWizard } from './wizard-context.ts'

type WithJoinKeyProps = {
  title: string
  children: (sample: LookSample, joinKey: Column) => ReactElement
}

/** For the step after the join key: leads back to that step when the Look does not have the column any more. */
export function WithJoinKey({ title, children }: WithJoinKeyProps) {
  const { draft, planId } = useWizard()
  return (
    <WithSample title={title}>
      {(sample) => {
        const joinKey = resolveJoinKey(
          sample.columns.map(({ column }) => column),
          draft,
        )
        if (!joinKey) return <Redirect to={stepPath(planId, 'map')} />
        return children(sample, joinKey)
      }}
    </WithSample>
  )
}
