import React, { useMemo } from 'react'
import type { Column } from '../../../../shared/looker-result/columns.ts'
import type { PropertyPlan } from '../../../../shared/rows/property-plan.ts'
import { Code } from '../../../components/code.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Panel, Stack } from '../../../components/panel.tsx'
import { Muted, SectionHeading } from '../../../components/text.tsx'
import type { LookSample } from '../../../sample/use-sample.ts'
import { firstRequest } from '../../../sync/heap-request.ts'
import { useWizard } from '../../wizard-context.ts'

type Props = { sample: LookSample; joinKey: Column; plan: PropertyPlan }

/** One real row as Heap will get it: the surest way to see that values and names are meant so. */
export function ExamplePanel({ sample: { sample }, joinKey, plan }: Props) {
  const { draft } = useWizard()
  const request = useMemo(
    () => (plan.kind === 'planned' ? firstRequest(draft, joinKey, plan.properties, sample) : null),
    [draft, joinKey, plan, sample],
  )
  return (
    <Panel aria-labelledby="example-heading">
      <SectionHeading id="example-heading">One row, as Heap will get it</SectionHeading>
      {request === null ? (
        <Muted>None of the first rows can be sent.</Muted>
      ) : (
        <Stack gap={8}>
          <Muted>{`POST ${request.path}`}</Muted>
          {request.hasRawTimes && (
            <Notice intent="inform">
              This browser cannot work out offsets from UTC (it has no Temporal): times stand here as Looker
              wrote them. The server sends them to Heap with their offset.
            </Notice>
          )}
          <Code label="The first row that can be sent">{JSON.stringify(request.body, null, 2)}</Code>
        </Stack>
      )}
    </Panel>
  )
}
