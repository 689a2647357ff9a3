import { Type } from 'typebox'

/** What can be wrong with a call, each with its status and a title; `docs/error-codes.md` explains them. */
export const PROBLEMS = {
  bad_request: { status: 400, title: 'The call is not as it must be.' },
  access_token_expired: { status: 401, title: 'The access token is missing, wrong or has expired.' },
  keys_need_sync_id: { status: 403, title: 'Join keys are shown only to those who know the sync_id.' },
  needs_sync_id: { status: 403, title: 'Imports are changed by who knows the sync_id.' },
  unknown_address: { status: 404, title: 'There is nothing at this address.' },
  unknown_sync: { status: 404, title: 'There is no such sync.' },
  unknown_import: { status: 404, title: 'There is no such import.' },
  nothing_to_retry: { status: 409, title: 'No row of the import can be sent again.' },
  already_finished: { status: 409, title: 'The import has ended.' },
  keys_not_kept: { status: 409, title: 'The join keys of the import are not known.' },
  not_held: { status: 409, title: 'No guardrail holds the import.' },
  too_many_requests: { status: 429, title: 'Too many calls.' },
  internal: { status: 500, title: 'Something went wrong in the action server.' },
} as const

export type ProblemCode = keyof typeof PROBLEMS

/** Every answer of `/api/v1` of status 4xx and 5xx (RFC 9457), as `application/problem+json`. */
export const ProblemSchema = Type.Object({
  /** Where the code is explained. */
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  /** What to change. */
  detail: Type.String(),
  code: Type.String(),
})
export type Problem = Type.Static<typeof ProblemSchema>

export const PROBLEM_TYPE = 'application/problem+json'

/** Relative to the project: the page with the heading of that name. */
export function problemType(code: ProblemCode): string {
  return `docs/error-codes.md#${code}`
}
