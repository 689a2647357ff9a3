import { ButtonOutline } from '@looker/components'
import React, { useEffect, useRef } from 'react'
import { ErrorMessage } from '../../../components/error-message.tsx'
import { Panel, Row, Stack } from '../../../components/panel.tsx'
import { SectionHeading } from '../../../components/text.tsx'
import { ImportReport } from '../../../imports/import-report.tsx'
import { RejectedSection } from '../../../imports/rejected-section.tsx'
import { checkAddress } from './row-check.ts'
import { useCheckedImport } from './use-checked-import.ts'
import type { useRowCheck } from './use-row-check.ts'

type Props = { check: ReturnType<typeof useRowCheck>; onClose: () => void }

/** Why rows will not be imported, and which: opened from the footer, and where the eye goes then. */
export function CheckDetails({ check, onClose }: Props) {
  const { current, start, isStarting, error } = check
  const { data, error: failure } = useCheckedImport(current)
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    panel.current?.scrollIntoView?.({ block: 'start' })
    panel.current?.focus({ preventScroll: true })
  }, [])
  return (
    <Panel aria-labelledby="check-heading" ref={panel} tabIndex={-1} data-keep-enter>
      <SectionHeading id="check-heading">Check of every row</SectionHeading>
      <Stack gap={16}>
        {current === null && error && <ErrorMessage error={error} />}
        {failure && !data && <ErrorMessage error={failure} />}
        {data && <ImportReport view={data} />}
        {data && current && <RejectedSection address={checkAddress(current)} detail={data} />}
        <Row>
          <ButtonOutline type="button" size="small" disabled={isStarting} onClick={start}>
            Check again
          </ButtonOutline>
          <ButtonOutline type="button" size="small" onClick={onClose}>
            Close
          </ButtonOutline>
        </Row>
      </Stack>
    </Panel>
  )
}
