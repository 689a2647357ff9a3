import type { Operation } from './operation.ts'
import { allDatagroups } from './operations/all-datagroups.ts'
import { allIntegrations } from './operations/all-integrations.ts'
import { allLooks } from './operations/all-looks.ts'
import { allScheduledPlans, scheduledPlansForLook } from './operations/all-scheduled-plans.ts'
import { allTimezones } from './operations/all-timezones.ts'
import { createScheduledPlan } from './operations/create-scheduled-plan.ts'
import { deleteScheduledPlan } from './operations/delete-scheduled-plan.ts'
import { fetchIntegrationForm } from './operations/fetch-integration-form.ts'
import { integration } from './operations/integration.ts'
import {
  allIntegrationHubs,
  createIntegrationHub,
  deleteIntegrationHub,
  integrationHub,
  updateIntegrationHub,
} from './operations/integration-hubs.ts'
import { look } from './operations/look.ts'
import { lookmlModelExplore } from './operations/lookml-model-explore.ts'
import { me } from './operations/me.ts'
import { runLook } from './operations/run-look.ts'
import { scheduledPlan } from './operations/scheduled-plan.ts'
import { scheduledPlanRunOnce, scheduledPlanRunOnceById } from './operations/scheduled-plan-run-once.ts'
import { searchLooks } from './operations/search-looks.ts'
import { allRoles } from './operations/set-up/all-roles.ts'
import { acceptLegalAgreement, integrationHubHealth } from './operations/set-up/hub-checks.ts'
import { allLookmlModels, lookmlModel } from './operations/set-up/lookml-models.ts'
import { allProjects, project } from './operations/set-up/projects.ts'
import {
  allUserAttributes,
  createUserAttribute,
  deleteUserAttribute,
  updateUserAttribute,
  userAttribute,
} from './operations/set-up/user-attributes.ts'
import { versions } from './operations/set-up/versions.ts'
import { testIntegration } from './operations/test-integration.ts'
import { updateIntegration } from './operations/update-integration.ts'
import { updateScheduledPlan } from './operations/update-scheduled-plan.ts'
import { user } from './operations/user.ts'

/** What the stand-in has of Looker's API 4.0. */
export const OPERATIONS: readonly Operation[] = [
  me,
  user,
  allLooks,
  searchLooks,
  look,
  runLook,
  allIntegrations,
  integration,
  updateIntegration,
  fetchIntegrationForm,
  testIntegration,
  allIntegrationHubs,
  integrationHub,
  createIntegrationHub,
  updateIntegrationHub,
  deleteIntegrationHub,
  allScheduledPlans,
  createScheduledPlan,
  scheduledPlansForLook,
  scheduledPlanRunOnce,
  scheduledPlan,
  updateScheduledPlan,
  deleteScheduledPlan,
  scheduledPlanRunOnceById,
  allTimezones,
  allDatagroups,
  lookmlModelExplore,
  integrationHubHealth,
  acceptLegalAgreement,
  allUserAttributes,
  userAttribute,
  createUserAttribute,
  updateUserAttribute,
  deleteUserAttribute,
  allProjects,
  project,
  allLookmlModels,
  lookmlModel,
  allRoles,
  versions,
]
