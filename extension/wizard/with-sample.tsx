import { ButtonOutline } from '@looker/components'
import React from 'react'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { PageTitle } from '../components/page.tsx'
import { Row } from '../components/panel.tsx'
import { ProblemMessage } from '../components/problem-message.tsx'
import type { LookSample } from '../sample/use-sample.ts'
import { LookFailedError, useSample } from '../sample/use-sample.ts'
import { lookFailed } from './choose-look/look-problems.ts'
import { useWizard } from './wizard-context.ts'

/** Runs the Look once for the steps that need its columns, and says what happens until they are there. */
export function WithSample(props: {
  title: string
  children: (sample: LookSample, refresh: () => void) => JSX.Element
}) {
  const { draft, goTo } = useWizard()
  const sample = useSample(draft.look?.id ?? null)
  if (sample.data) return props.children(sample.data, () => sample.refetch())
  return (
    <>
      <PageTitle>{props.title}</PageTitle>
      {sample.error ? (
        <>
          {sample.error instanceof LookFailedError ? (
            <ProblemMessage problem={lookFailed(sample.error, null)} retry={() => sample.refetch()} />
          ) : (
            <ErrorMessage error={sample.error} retry={() => sample.refetch()} />
          )}
          <Row style={{ marginTop: 16 }}>
            <ButtonOutline onClick={() => goTo('look')}>Choose another Look</ButtonOutline>
          </Row>
        </>
      ) : (
        <Loading slow="A Look that takes minutes is fine for a sync; it is run anew for every delivery.">
          {`Looker is running "${draft.look?.title ?? 'the Look'}" for its first rows`}
        </Loading>
      )}
    </>
  )
}
