import { ButtonOutline } from '@looker/components'
import React from 'react'
import styled from 'styled-components'
import { STEP_TEXTS } from '../../shared/set-up/set-up-step.ts'
import type { TagIntent } from '../components/tag.tsx'
import { Tag } from '../components/tag.tsx'
import { Muted } from '../components/text.tsx'
import type { SetUpCheck } from './checks.ts'

const Row = styled.section`
  align-items: center;
  border-bottom: 1px solid ${({ theme }) => theme.colors.ui2};
  display: grid;
  gap: 4px 24px;
  grid-template-columns: 1fr auto;
  padding: 14px 0;

  h2 {
    align-items: center;
    color: ${({ theme }) => theme.colors.text};
    display: flex;
    font-size: ${({ theme }) => theme.fontSizes.small};
    font-weight: ${({ theme }) => theme.fontWeights.semiBold};
    gap: 12px;
    margin: 0 0 2px;
  }
  p,
  span {
    overflow-wrap: anywhere;
  }
`

const TAGS: Record<SetUpCheck['state'], [text: string, intent: TagIntent]> = {
  fine: ['OK', 'positive'],
  problem: ['To do', 'critical'],
  waiting: ['Not checked', 'neutral'],
}

/** What a button is called; the whole sentence is its description. */
const LABELS: Partial<Record<NonNullable<SetUpCheck['step']>, string>> = {
  create_hub: 'Add hub',
  set_token: 'Write token',
  accept_agreement: 'Accept',
  enable_action: 'Enable',
  create_secret: 'Create attribute',
  replace_secret: 'Create anew',
  change_secret: 'Correct',
  write_secret: 'Write again',
  create_address: 'Create attribute',
  change_address: 'Correct',
}

/** Why a button cannot be used yet. */
const HINTS: Record<NonNullable<SetUpCheck['needs']>, string> = {
  token: 'Fill in the authorization token above to do this here.',
  secret: 'Fill in the secret of the extension above to do this here.',
}

type Props = { check: SetUpCheck; canMend: boolean; isMissing: boolean; onMend: () => void }

export function SetUpCheckRow({
  check: { title, state, text, step, needs },
  canMend,
  isMissing,
  onMend,
}: Props) {
  const [tag, intent] = TAGS[state]
  const hint = isMissing && needs !== null ? HINTS[needs] : null
  return (
    <Row>
      <div>
        <h2>
          {title} <Tag intent={intent}>{tag}</Tag>
        </h2>
        <Muted>{text}</Muted>
        {hint !== null && (
          <div>
            <Muted>{hint}</Muted>
          </div>
        )}
      </div>
      {step && (
        <ButtonOutline size="small" disabled={!canMend} onClick={onMend} title={STEP_TEXTS[step]}>
          {LABELS[step] ?? 'Mend'}
        </ButtonOutline>
      )}
    </Row>
  )
}
