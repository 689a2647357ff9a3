import { Spinner } from '@looker/components'
import React from 'react'
import { ErrorMessage } from '../../../components/error-message.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Row } from '../../../components/panel.tsx'
import { Muted } from '../../../components/text.tsx'
import { useWizard } from '../../wizard-context.ts'
import { matchWords } from './match-words.ts'
import type { MatchState } from './use-match.ts'

/** @param title of the Look that lists whom Heap knows */
export function MatchResult({ state, title }: { state: MatchState; title: string }) {
  const { draft } = useWizard()
  switch (state.kind) {
    case 'idle':
      return null
    case 'running':
      return (
        <Row gap={8} role="status">
          <Spinner size={16} aria-hidden="true" />
          <Muted>{state.text}</Muted>
        </Row>
      )
    case 'failed':
      return <ErrorMessage error={state.error} />
    case 'stopped':
      return (
        <Notice intent="critical" role="alert">
          {state.text}
        </Notice>
      )
    case 'matched': {
      const { intent, text, examples } = matchWords(state.match, draft.propertyType, state.keys)
      return (
        <>
          <Notice intent={intent} role="status">
            <p>
              <strong>{text}</strong>
            </p>
            {examples.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </Notice>
          <Muted>{`Known is what "${title}" lists: a Look that is behind Heap knows fewer.`}</Muted>
        </>
      )
    }
  }
}
