import type { FastifyInstance } from 'fastify'
import { readAlertsRoute } from './alerts/read-alerts.ts'
import { setAlertsRoute } from './alerts/set-alerts.ts'
import { testAlertsRoute } from './alerts/test-alerts.ts'
import { answerProblems } from './answer-problems.ts'
import { cancelImportRoute } from './cancel-import.ts'
import { discardImportRoute } from './discard-import.ts'
import { exportRejectedRowsRoute } from './export-rejected-rows.ts'
import { lookUpKeysRoute } from './keys/look-up-keys.ts'
import { matchImportsRoute } from './keys/match-imports.ts'
import { listEnvironmentsRoute } from './list-environments.ts'
import { listImportsRoute } from './list-imports.ts'
import { listRejectedRowsRoute } from './list-rejected-rows.ts'
import { listSyncsRoute } from './list-syncs.ts'
import { openapiPlugin } from './openapi.ts'
import { readImportRoute } from './read-import.ts'
import { readVersionRoute } from './read-version.ts'
import { refuseSecrets } from './refuse-secrets.ts'
import { releaseImportRoute } from './release-import.ts'
import { retryImportRoute } from './retry-import.ts'
import { setGuardrailsRoute } from './set-guardrails.ts'
import { setScheduleRoute } from './set-schedule.ts'

/** `/api/v1`: what the extension and the command line read of syncs and their imports, and do to them. */
export async function apiV1(app: FastifyInstance): Promise<void> {
  answerProblems(app)
  app.addHook('preValidation', refuseSecrets)
  await app.register(openapiPlugin)
  await app.register(readVersionRoute)
  await app.register(listSyncsRoute)
  await app.register(setScheduleRoute)
  await app.register(setGuardrailsRoute)
  await app.register(readAlertsRoute)
  await app.register(setAlertsRoute)
  await app.register(testAlertsRoute)
  await app.register(listEnvironmentsRoute)
  await app.register(listImportsRoute)
  await app.register(readImportRoute)
  await app.register(listRejectedRowsRoute)
  await app.register(exportRejectedRowsRoute)
  await app.register(retryImportRoute)
  await app.register(cancelImportRoute)
  await app.register(releaseImportRoute)
  await app.register(discardImportRoute)
  await app.register(lookUpKeysRoute)
  await app.register(matchImportsRoute)
}
