import { ButtonOutline } from '@looker/components'
import React from 'react'
import styled from 'styled-components'
import type { Problem } from '../problems/problem.ts'
import { Notice } from './notice.tsx'
import { Muted } from './text.tsx'

const Steps = styled.ol`
  margin: 4px 0 8px;
  padding-left: 20px;
`

const Action = styled.div`
  margin-top: 12px;
`

/** What is wrong, who can put it right, and how. Announced at once. */
export function ProblemMessage(props: { problem: Problem; retry?: (() => void) | undefined }) {
  const { title, detail, who, steps, technical } = props.problem
  return (
    <Notice intent="critical" role="alert">
      <p>
        <strong>{title}.</strong> {detail}
      </p>
      {steps.length > 0 && (
        <>
          {who && <p>{who === 'You' ? 'What you can do:' : `${who} can fix this:`}</p>}
          <Steps>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </Steps>
        </>
      )}
      {technical && (
        <p>
          <Muted>Looker or the server said: {technical}</Muted>
        </p>
      )}
      {props.retry && (
        <Action>
          <ButtonOutline size="small" onClick={props.retry}>
            Try again
          </ButtonOutline>
        </Action>
      )}
    </Notice>
  )
}
