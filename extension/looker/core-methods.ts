/**
 * The methods of Looker's API that the extension calls, each in a file of this folder. The manifest grants
 * exactly these; a test compares the two with the calls in the code.
 */
export const CORE_METHODS = [
  'all_datagroups',
  'all_integrations',
  'all_scheduled_plans',
  'all_timezones',
  'create_scheduled_plan',
  'delete_scheduled_plan',
  'fetch_integration_form',
  'look',
  'me',
  'run_look',
  'scheduled_plan',
  'scheduled_plan_run_once',
  'scheduled_plan_run_once_by_id',
  'search_looks',
  'update_scheduled_plan',
  'user',
] as const

export type CoreMethod = (typeof CORE_METHODS)[number]
