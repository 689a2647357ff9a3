import React from 'react'
import { textsOf } from '../../shared/report/remark.ts'
import { Notice } from '../components/notice.tsx'
import type { LookSample } from '../sample/use-sample.ts'

/** What speaks against the Look's rows, in the words that a delivery of them would be reported with. */
export function SampleWarnings({ sample }: { sample: LookSample }) {
  const warnings = textsOf(sample.sample.remarks, 'warning')
  if (warnings.length === 0) return null
  return (
    <Notice intent="warn" role="status">
      <p>
        <strong>
          {warnings.length === 1
            ? 'A delivery of these rows would be reported with a warning:'
            : `A delivery of these rows would be reported with ${warnings.length} warnings:`}
        </strong>
      </p>
      {warnings.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </Notice>
  )
}
