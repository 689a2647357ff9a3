/**
 * The statuses of errors that Looker's API description (4.0.26.12) lists for each operation. 403 is in those of
 * projects only. Those of the authentication (401) come before any operation.
 */
const READ = [400, 404, 429]
const CHECKED = [400, 404, 422, 429]
const CREATED = [400, 404, 409, 422, 429]

export const DOCUMENTED_STATUSES: Readonly<Record<string, readonly number[]>> = {
  me: [404, 429],
  user: READ,
  all_looks: READ,
  search_looks: READ,
  look: READ,
  run_look: CHECKED,
  all_integrations: READ,
  integration: READ,
  update_integration: CHECKED,
  fetch_integration_form: CHECKED,
  test_integration: CHECKED,
  all_integration_hubs: READ,
  integration_hub: READ,
  create_integration_hub: CREATED,
  update_integration_hub: CHECKED,
  delete_integration_hub: READ,
  all_scheduled_plans: CHECKED,
  create_scheduled_plan: CREATED,
  scheduled_plans_for_look: READ,
  scheduled_plan_run_once: CREATED,
  scheduled_plan: READ,
  update_scheduled_plan: CHECKED,
  delete_scheduled_plan: READ,
  scheduled_plan_run_once_by_id: CREATED,
  all_timezones: READ,
  all_datagroups: READ,
  lookml_model_explore: READ,
  get_integration_hub_health: CHECKED,
  accept_integration_hub_legal_agreement: CHECKED,
  all_user_attributes: READ,
  user_attribute: READ,
  create_user_attribute: CREATED,
  update_user_attribute: CHECKED,
  delete_user_attribute: READ,
  all_projects: [400, 403, 404, 429],
  project: [400, 403, 404, 429],
  all_lookml_models: READ,
  lookml_model: READ,
  all_roles: READ,
  versions: READ,
}
