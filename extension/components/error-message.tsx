import React from 'react'
import { explainError } from '../problems/explain-error.ts'
import { ProblemMessage } from './problem-message.tsx'

/** Explains whatever a call threw. */
export function ErrorMessage(props: { error: unknown; retry?: () => void }) {
  return <ProblemMessage problem={explainError(props.error)} retry={props.retry} />
}
