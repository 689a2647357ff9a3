import { ButtonTransparent } from '@looker/components'
import React from 'react'
import { countOf } from '../../../../shared/text/text-list.ts'
import { Notice } from '../../../components/notice.tsx'
import { Row, Stack } from '../../../components/panel.tsx'
import { RemarkNotes } from '../../../components/remark-notes.tsx'
import { Muted } from '../../../components/text.tsx'
import type { LookSample } from '../../../sample/use-sample.ts'
import { SampleWarnings } from '../../sample-warnings.tsx'

type Props = { sample: LookSample; refresh: () => void }

/** What the figures on this page are based on, and what Looker says of it. */
export function SampleLine({ sample, refresh }: Props) {
  const { rows, partial, remarks } = sample.sample
  return (
    <Stack gap={8}>
      {rows.length === 0 && (
        <Notice intent="warn">
          The Look returns no rows right now, so nothing can be said about its values. A sync that finds no
          rows changes nothing in Heap.
        </Notice>
      )}
      <Row>
        {rows.length > 0 && (
          <Muted>
            {partial
              ? `Based on the first ${countOf(rows.length, 'row')}`
              : `Based on all ${countOf(rows.length, 'row')}`}{' '}
            of {sample.look.title}.
          </Muted>
        )}
        <ButtonTransparent size="small" type="button" onClick={refresh}>
          Run the Look again
        </ButtonTransparent>
        <RemarkNotes remarks={remarks} />
      </Row>
      <SampleWarnings sample={sample} />
    </Stack>
  )
}
