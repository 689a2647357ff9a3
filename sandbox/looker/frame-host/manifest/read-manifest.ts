import lookml from 'lookml-parser'
import { isRecord } from '../../../../shared/is-record.ts'
import { ManifestError } from './manifest-error.ts'
import type { ExtensionManifest } from './read-application.ts'
import { readApplication } from './read-application.ts'
import { resolveConstants } from './resolve-constants.ts'

/** The manifest of a LookML project that has extensions. */
export type ProjectManifest = {
  project: string
  /** One extension each, with a page and entitlements of its own. */
  applications: readonly [ExtensionManifest, ...ExtensionManifest[]]
}

/**
 * Reads a manifest as Looker does, and is strict where Looker's editor would complain.
 *
 * @param constants that the admin overrides
 * @throws ManifestError
 */
export function readManifest(
  text: string,
  constants: Readonly<Record<string, string>> = {},
): ProjectManifest {
  const parsed = parseLookml(text)
  refuseDoubles(parsed)
  const { project_name: project, application } = resolveConstants(parsed, constants)
  if (typeof project !== 'string' || project === '') throw new ManifestError('project_name is missing')
  const entries = Object.entries(isRecord(application) ? application : {})
  const [first, ...others] = entries.map(([name, content]) => readApplication(project, name, content))
  if (!first) throw new ManifestError('there is no application')
  return { project, applications: [first, ...others] }
}

function parseLookml(text: string): Record<string, unknown> {
  let parsed: unknown
  try {
    parsed = lookml.parse(text)
  } catch (error) {
    // The parser throws an object of its own, which is no Error but tells the place.
    throw new ManifestError(`the manifest is no LookML: ${String(error)}`)
  }
  if (!isRecord(parsed)) throw new ManifestError('the manifest is no LookML')
  return parsed
}

/** The parser merges applications of one name; only its list of what stood in the file has both. */
function refuseDoubles({ $strings: parts }: Record<string, unknown>): void {
  const names = (Array.isArray(parts) ? parts : []).filter(
    (part): part is string => typeof part === 'string' && part.startsWith('@application.'),
  )
  const double = names.find((name, index) => names.indexOf(name) !== index)
  if (double) throw new ManifestError(`there are two applications ${double.slice('@application.'.length)}`)
}
