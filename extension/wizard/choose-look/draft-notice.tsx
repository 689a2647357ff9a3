import { ButtonTransparent } from '@looker/components'
import React from 'react'
import { Notice } from '../../components/notice.tsx'
import { Row } from '../../components/panel.tsx'
import { useWizard } from '../wizard-context.ts'

/** A draft from before: said, so that nobody goes on with it unawares. */
export function DraftNotice({ onStartOver }: { onStartOver: () => void }) {
  const { draft, planId, startOver } = useWizard()
  if (!draft.look) return null
  return (
    <Notice intent="inform">
      <Row>
        <span>
          {planId === null ? 'Your draft is for the Look ' : 'This sync is for the Look '}
          <strong>{draft.look.title}</strong>. Another Look starts with its own join key and properties.
        </span>
        {planId === null && (
          <ButtonTransparent
            type="button"
            size="small"
            onClick={() => {
              startOver()
              onStartOver()
            }}
          >
            Start over
          </ButtonTransparent>
        )}
      </Row>
    </Notice>
  )
}
