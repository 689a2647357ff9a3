import type { FastifyInstance } from 'fastify'
import { executeRoute } from './execute.ts'
import { formRoute } from './form.ts'
import { landingPageRoute } from './landing-page.ts'
import { listingRoute } from './listing.ts'
import { acceptAnyBody } from './request-body.ts'

/** Looker's Action API: listing, form and execute; and the page a person sees at the same address. */
export async function actionHub(app: FastifyInstance): Promise<void> {
  acceptAnyBody(app)
  await app.register(landingPageRoute)
  await app.register(listingRoute)
  await app.register(formRoute)
  await app.register(executeRoute)
}
