import type { Problem, ProblemCode } from '../../../shared/api/problem.ts'
import { PROBLEMS, problemType } from '../../../shared/api/problem.ts'

/** What a call cannot have; answered as problem details. The detail says what to change. Not to be repeated. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode

  constructor(code: ProblemCode, detail: string) {
    super(detail)
    this.code = code
  }
}

export function toProblem(code: ProblemCode, detail: string): Problem {
  const { status, title } = PROBLEMS[code]
  return { type: problemType(code), title, status, detail, code }
}
