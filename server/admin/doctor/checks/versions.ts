import { isRecord } from '../../../../shared/is-record.ts'
import type { VersionFit } from '../../../../shared/version/versions-fit.ts'
import { versionsFit } from '../../../../shared/version/versions-fit.ts'
import type { Outcome } from '../finding.ts'
import { fine, notChecked, problem } from '../finding.ts'
import { call } from '../patient.ts'

const REMEDIES: Record<Exclude<VersionFit, 'fit'>, string> = {
  extension_older: 'Push the project of this release (npm run build, dist/heap-data-import) and deploy it.',
  server_older: 'Start the release of the server that the extension is of.',
  unknown: 'Build the extension with npm run build.',
}

/** The server tells its version, and those of the extensions that have called it since it started. */
export async function checkVersions(serverUrl: string, accessToken: string | null): Promise<Outcome> {
  if (accessToken === null) return notChecked('it needs EXTENSION_SECRET')
  const answer = await call(`${serverUrl}/api/v1/version`, {
    headers: { authorization: `Bearer ${accessToken}` },
  }).catch(() => null)
  const body: unknown = answer?.ok ? await answer.json().catch(() => null) : null
  if (!isRecord(body) || typeof body.server !== 'string' || !Array.isArray(body.extensions)) {
    return problem(
      'the server does not tell its version',
      'It is older than this command: start this release of it.',
    )
  }
  const server = body.server
  const extensions = body.extensions.filter((version) => typeof version === 'string')
  const misfit = extensions.find((version) => versionsFit(version, server) !== 'fit')
  if (misfit !== undefined) {
    const fit = versionsFit(misfit, server)
    return problem(`extension ${misfit}, server ${server}`, fit === 'fit' ? '' : REMEDIES[fit])
  }
  return extensions.length === 0
    ? notChecked(
        `server ${server}; nobody has opened the extension since it started`,
        'Open the extension, then check again.',
      )
    : fine(`${extensions.join(', ')}; server ${server}`)
}
