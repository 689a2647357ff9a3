import React from 'react'
import { ErrorMessage } from '../../components/error-message.tsx'
import { ProblemMessage } from '../../components/problem-message.tsx'
import { LookerError } from '../../looker/looker-error.ts'
import { CANNOT_SCHEDULE } from '../../problems/action-problems.ts'

export function SaveError({ error }: { error: unknown }) {
  if (error instanceof LookerError && error.kind === 'forbidden') {
    return <ProblemMessage problem={{ ...CANNOT_SCHEDULE, technical: error.message }} />
  }
  return <ErrorMessage error={error} />
}
