import React, { useEffect, useRef } from 'react'
import { ErrorMessage } from '../../../components/error-message.tsx'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { LookerError } from '../../../looker/looker-error.ts'
import { CANNOT_SCHEDULE } from '../../../problems/action-problems.ts'

/** Which of its documented statuses Looker refuses a user with is unknown; a 400 names no field then. */
function isRefusal(error: unknown): error is LookerError {
  if (!(error instanceof LookerError)) return false
  return error.kind === 'forbidden' || (error.kind === 'invalid' && error.details.length === 0)
}

/** Stands at the end of the page, behind the buttons that stay at its bottom, unless it comes into view. */
export function SaveError({ error }: { error: unknown }) {
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another error comes into view, too
  useEffect(() => box.current?.scrollIntoView?.({ block: 'center' }), [error])
  return (
    <div ref={box}>
      {isRefusal(error) ? (
        <ProblemMessage problem={{ ...CANNOT_SCHEDULE, technical: error.message }} />
      ) : (
        <ErrorMessage error={error} />
      )}
    </div>
  )
}
