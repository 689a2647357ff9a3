import type { Outcome } from '../finding.ts'
import { fine, problem } from '../finding.ts'
import { call } from '../patient.ts'

/** Can the running server take a delivery? Its page for people says so, in the status too. */
export async function checkReady(url: string): Promise<Outcome> {
  const answer = await call(`${url}/`).catch(() => null)
  if (answer?.ok) return fine('it takes deliveries')
  return problem(
    'the server runs, but its database does not answer',
    'Look at the database, and at the log of the server.',
  )
}
