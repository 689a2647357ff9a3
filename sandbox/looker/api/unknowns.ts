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
  /** The domain allow-list of an attribute "cannot be edited" once set: such a call is refused, or the list stays. */
  allowlistEdit: 'refused' | 'passed_over'
  /** The value of a hidden attribute, to an admin who reads its definition. */
  hiddenDefault: 'null' | 'shown'
  /** Before get_integration_hub_health was added (25.18) it is not found. */
  hubHealth: 'answered' | 'not_there'
  /** Hubs that want an agreement accepted first; documented for Looker's own hub only. */
  legalAgreement: 'none' | 'required'
}

export const DEFAULT_UNKNOWNS: ApiUnknowns = {
  refusal: 'not_found',
  plansOfOthers: 'refused',
  secrets: 'lost',
  failedForm: 'error',
  unlistedFormat: 'sent',
  can: 'told',
  allowlistEdit: 'refused',
  hiddenDefault: 'null',
  hubHealth: 'answered',
  legalAgreement: 'none',
}
