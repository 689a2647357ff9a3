import React from 'react'
import type { ImportDetail } from '../../../../shared/api/import-detail.ts'
import { Code } from '../../../components/code.tsx'
import { ErrorMessage } from '../../../components/error-message.tsx'
import { Loading } from '../../../components/loading.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Panel, Stack } from '../../../components/panel.tsx'
import { Muted, SectionHeading } from '../../../components/text.tsx'
import { useImportDetail } from '../../../history/import-detail.ts'
import { useNewerTest } from '../../../history/newer-test.ts'
import type { AskedTest, useTestRow } from './use-test-row.ts'

/** The test from Looker's delivery to Heap's answer; nothing before one is asked for. */
export function TestRowPanel({ test }: { test: ReturnType<typeof useTestRow> }) {
  if (test.isIdle) return null
  return (
    <Panel aria-labelledby="test-heading">
      <SectionHeading id="test-heading">One test row</SectionHeading>
      {test.isError && <ErrorMessage error={test.error} />}
      {test.isLoading && <Loading>Asking Looker to send one row</Loading>}
      {test.data && <Followed asked={test.data} />}
    </Panel>
  )
}

function Followed({ asked }: { asked: AskedTest }) {
  const address = { ref: asked.ref, planId: null }
  const found = useNewerTest(address, asked.after)
  const { data, error, retry } = useImportDetail(address, found.id)
  const failure = found.error ?? error
  if (failure !== null) return <ErrorMessage error={failure} retry={found.error ? found.retry : retry} />
  if (data?.state !== 'finished') {
    return <Loading slow="Looker runs the Look first.">Waiting for Looker to deliver the row</Loading>
  }
  return <TestResult detail={data} />
}

function TestResult({ detail: { test, message, propertyType, counts } }: { detail: ImportDetail }) {
  if (test === null) {
    return counts.delivered > 0 ? (
      <Notice intent="positive" role="status">
        <p>
          <strong>Heap has taken the row.</strong> {message}
        </p>
        <WhereToLook propertyType={propertyType} />
      </Notice>
    ) : (
      <Notice intent="critical" role="alert">
        <strong>No row was sent.</strong> {message}
      </Notice>
    )
  }
  const { request, answer } = test
  const taken = answer !== null && answer.status >= 200 && answer.status < 300
  return (
    <Stack gap={12}>
      <Notice intent={taken ? 'positive' : 'critical'} role={taken ? 'status' : 'alert'}>
        <p>
          <strong>
            {answer === null
              ? 'Heap did not answer.'
              : `Heap answered ${answer.status}${answer.text.trim() === '' ? '' : `: ${answer.text.trim()}`}`}
          </strong>
        </p>
        {taken ? <WhereToLook propertyType={propertyType} /> : <p>{message}</p>}
      </Notice>
      <Muted>{`POST ${request.path}`}</Muted>
      <Code label="The request">{pretty(request.body)}</Code>
    </Stack>
  )
}

function WhereToLook({ propertyType }: Pick<ImportDetail, 'propertyType'>) {
  return (
    <>
      <p>
        Look in Heap in a few minutes: under Data &gt; Properties for the names, and{' '}
        {propertyType === 'account' ? 'under Accounts for the account' : 'under Users for the user'} by its
        key.
      </p>
      <p>
        Heap answers the same for an environment ID that is wrong and for a key that it did not know, so do
        look.
      </p>
    </>
  )
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
