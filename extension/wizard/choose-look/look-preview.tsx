import React from 'react'
import { ErrorMessage } from '../../components/error-message.tsx'
import { Loading } from '../../components/loading.tsx'
import { LookLink } from '../../components/look-link.tsx'
import { Panel, Row, Stack } from '../../components/panel.tsx'
import { ProblemMessage } from '../../components/problem-message.tsx'
import { Muted, SectionHeading } from '../../components/text.tsx'
import { useLook } from '../../looker/look.ts'
import { CANNOT_SCHEDULE } from '../../problems/action-problems.ts'
import { LookFailedError, useSample } from '../../sample/use-sample.ts'
import type { Draft } from '../../sync/draft.ts'
import { lookFailed, NO_ROWS, onlyInDevelopment } from './look-problems.ts'
import { PreviewTable } from './preview-table.tsx'
import { useRunsInDevelopment } from './use-runs-in-development.ts'

/** The chosen Look's first rows, and what would keep a sync of it from working. */
export function LookPreview({ look }: { look: Draft['look'] }) {
  return (
    <Panel aria-labelledby="preview-heading">
      <SectionHeading id="preview-heading">{look?.title ?? 'First rows'}</SectionHeading>
      {look ? (
        <ChosenLook key={look.id} look={look} />
      ) : (
        <Muted>Choose a Look to see its columns and its first rows.</Muted>
      )}
    </Panel>
  )
}

function ChosenLook({ look }: { look: NonNullable<Draft['look']> }) {
  const sample = useSample(look.id)
  const details = useLook(look.id)
  const inDevelopment = useRunsInDevelopment(look.id, sample.isError)
  const owner = details.data?.owner ?? null
  return (
    <Stack gap={12}>
      <Row>
        <LookLink lookId={look.id}>Open in Looker</LookLink>
        {owner !== null && <Muted>{`Owner: ${owner}`}</Muted>}
      </Row>
      {details.data?.maySchedule === false && (
        <ProblemMessage
          problem={{ ...CANNOT_SCHEDULE, detail: 'Looker says that you may not schedule it.' }}
        />
      )}
      {sample.isLoading && (
        <Loading slow="A Look that takes minutes is fine for a sync; it is run anew for every delivery.">
          Looker is running the Look for its first rows
        </Loading>
      )}
      {sample.error instanceof LookFailedError || inDevelopment ? (
        <ProblemMessage
          problem={
            inDevelopment
              ? onlyInDevelopment(sample.error)
              : lookFailed(sample.error as LookFailedError, owner)
          }
          retry={() => sample.refetch()}
        />
      ) : (
        sample.isError && <ErrorMessage error={sample.error} retry={() => sample.refetch()} />
      )}
      {sample.data && sample.data.sample.rows.length === 0 && <ProblemMessage problem={NO_ROWS} />}
      {sample.data && <PreviewTable sample={sample.data} />}
    </Stack>
  )
}
