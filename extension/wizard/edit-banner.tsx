import { ButtonTransparent } from '@looker/components'
import React from 'react'
import { useHistory } from 'react-router-dom'
import styled from 'styled-components'
import { syncPath } from '../routes.ts'
import { syncName } from '../sync/draft.ts'
import { useWizard } from './wizard-context.ts'

const Bar = styled.div`
  align-items: center;
  display: flex;
  font-size: ${({ theme }) => theme.fontSizes.small};
  gap: 12px;
  justify-content: space-between;
  margin-bottom: 16px;
`

/** Which sync is edited, and the way out of it. */
export function EditBanner({ planId }: { planId: string }) {
  const { draft, startOver } = useWizard()
  const history = useHistory()
  return (
    <Bar>
      <span>
        Editing <strong>{syncName(draft)}</strong>. Nothing changes before you save.
      </span>
      <ButtonTransparent
        color="neutral"
        size="small"
        onClick={() => {
          startOver()
          history.push(syncPath(planId))
        }}
      >
        Discard changes
      </ButtonTransparent>
    </Bar>
  )
}
