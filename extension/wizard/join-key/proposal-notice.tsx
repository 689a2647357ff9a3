import { ButtonTransparent } from '@looker/components'
import React from 'react'
import type { KeySuggestion as Proposal } from '../../../shared/advice/key/guess-mapping.ts'
import { Notice } from '../../components/notice.tsx'
import { Row } from '../../components/panel.tsx'

/** The likely key and why, as long as none is picked. The analyst decides, so it is not picked for them. */
export function ProposalNotice({ proposal, onTake }: { proposal: Proposal; onTake: () => void }) {
  const { column, reasons } = proposal
  return (
    <Notice intent="inform">
      <Row>
        <span>
          Probably <strong>{column.label}</strong>: {reasons.join(', and ')}.
        </span>
        <ButtonTransparent type="button" size="small" onClick={onTake}>
          {`Use ${column.label}`}
        </ButtonTransparent>
      </Row>
    </Notice>
  )
}
