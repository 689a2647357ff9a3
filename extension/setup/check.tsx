import React from 'react'
import styled from 'styled-components'
import { ProblemMessage } from '../components/problem-message.tsx'
import type { TagIntent } from '../components/tag.tsx'
import { Tag } from '../components/tag.tsx'
import { Muted } from '../components/text.tsx'
import type { SetupCheck } from './use-setup-checks.ts'

const Box = styled.section`
  border: 1px solid ${({ theme }) => theme.colors.ui2};
  border-radius: 8px;
  padding: 16px 20px;

  h2 {
    align-items: center;
    color: ${({ theme }) => theme.colors.text};
    display: flex;
    font-size: ${({ theme }) => theme.fontSizes.medium};
    font-weight: ${({ theme }) => theme.fontWeights.semiBold};
    gap: 12px;
    margin: 0 0 4px;
  }
`

const TAGS: Record<SetupCheck['state'], [text: string, intent: TagIntent]> = {
  checking: ['Checking', 'neutral'],
  fine: ['OK', 'positive'],
  problem: ['Needs attention', 'critical'],
  waiting: ['Not checked', 'neutral'],
}

export function Check({ title, about, state, problem }: SetupCheck) {
  const [text, intent] = TAGS[state]
  return (
    <Box>
      <h2>
        {title} <Tag intent={intent}>{text}</Tag>
      </h2>
      <Muted>{about}</Muted>
      {problem && (
        <div style={{ marginTop: 12 }}>
          <ProblemMessage problem={problem} />
        </div>
      )}
    </Box>
  )
}
