/**
 * What nobody has published about the real Looker. The stand-in can do each; tests run with all, so that
 * nothing works only because product and stand-in share a guess.
 */
export type ApiUnknowns = {
  /** To a user without a permission: Looker's API description knows 404 and 400 for it, never 403. */
  refusal: 'not_found' | 'bad_request'
  /** `all_users` without see_schedules: refused, or answered with the caller's own plans. */
  plansOfOthers: 'refused' | 'left_out'
  /** Secret parameters of a destination that is written again without them. */
  secrets: 'lost' | 'kept'
  /** A form that an action does not answer: an error, or a form without fields. */
  failedForm: 'error' | 'empty'
  /** A plan whose format the action's listing does not offer (any more). */
  unlistedFormat: 'sent' | 'refused'
  /** `can` of Looks and plans, whose keys are not documented: what the user may do, or nothing. */
  can: 'told' | 'silent'
}

export const DEFAULT_UNKNOWNS: ApiUnknowns = {
  refusal: 'not_found',
  plansOfOthers: 'refused',
  secrets: 'lost',
  failedForm: 'error',
  unlistedFormat: 'sent',
  can: 'told',
}
