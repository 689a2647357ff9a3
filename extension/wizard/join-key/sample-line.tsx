import { ButtonTransparent } from '@looker/components'
import React from 'react'
import { countOf } from '../../../shared/text/text-list.ts'
import { Notice } from '../../components/notice.tsx'
import { Row } from '../../components/panel.tsx'
import { Muted } from '../../components/text.tsx'
import type { LookSample } from '../../sample/use-sample.ts'

/** What the figures on this page are based on. */
export function SampleLine({ sample, refresh }: { sample: LookSample; refresh: () => void }) {
  const { rows, partial } = sample.sample
  if (rows.length === 0) {
    return (
      <Notice intent="warn">
        The Look returns no rows right now, so nothing can be said about its values. A sync that finds no rows
        changes nothing in Heap.
      </Notice>
    )
  }
  return (
    <Row>
      <Muted>
        {partial
          ? `Based on the first ${countOf(rows.length, 'row')}`
          : `Based on all ${countOf(rows.length, 'row')}`}{' '}
        of {sample.look.title}.
      </Muted>
      <ButtonTransparent size="small" type="button" onClick={refresh}>
        Run the Look again
      </ButtonTransparent>
    </Row>
  )
}
