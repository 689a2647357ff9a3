import lookml from 'lookml-parser'
import type { Entitlements } from './entitlements.ts'
import { LISTS, SWITCHES } from './entitlements.ts'
import { ManifestError } from './manifest-error.ts'
import { resolveConstants } from './resolve-constants.ts'

/** An application of a LookML project's manifest. */
export type ExtensionManifest = {
  /** `<project>::<application>` */
  extensionId: string
  label: string
  /** Where the bundle is: at a URL, or in the project. */
  bundle: { kind: 'url'; url: string } | { kind: 'file'; file: string }
  /** Null when the manifest has none; then the extension does not run (documented by Looker). */
  entitlements: Entitlements | null
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
): ExtensionManifest {
  const resolved = resolveConstants(parseLookml(text), constants)
  const { project_name: project, application: applications } = resolved
  if (typeof project !== 'string' || project === '') throw new ManifestError('project_name is missing')
  const entries = Object.entries(isObject(applications) ? applications : {})
  const [entry] = entries
  if (!entry || entries.length > 1) throw new ManifestError('there must be one application')
  const [name, application] = entry
  if (!isObject(application)) throw new ManifestError(`the application ${name} is empty`)
  return {
    extensionId: `${project}::${name}`,
    label: typeof application.label === 'string' ? application.label : name,
    bundle: readBundle(application),
    entitlements: isObject(application.entitlements) ? readEntitlements(application.entitlements) : null,
  }
}

function parseLookml(text: string): Record<string, unknown> {
  let parsed: unknown
  try {
    parsed = lookml.parse(text)
  } catch (error) {
    // The parser throws an object of its own, which is no Error but tells the place.
    throw new ManifestError(`the manifest is no LookML: ${String(error)}`)
  }
  if (!isObject(parsed)) throw new ManifestError('the manifest is no LookML')
  return parsed
}

function readBundle({ url, file }: Record<string, unknown>): ExtensionManifest['bundle'] {
  if (typeof url === 'string' && typeof file === 'string') {
    throw new ManifestError('an application has a url or a file, not both')
  }
  if (typeof url === 'string') return { kind: 'url', url }
  if (typeof file === 'string') return { kind: 'file', file }
  throw new ManifestError('the application has neither url nor file')
}

function readEntitlements(given: Record<string, unknown>): Entitlements {
  const known: readonly string[] = [...SWITCHES, ...LISTS]
  const names = Object.keys(given).filter((name) => !name.startsWith('$'))
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new ManifestError(`there is no entitlement ${unknown.join(', ')}`)
  const switches = SWITCHES.map((name) => [name, readSwitch(name, given[name])])
  const lists = LISTS.map((name) => [name, readList(name, given[name])])
  return Object.fromEntries([...switches, ...lists])
}

function readSwitch(name: string, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false
  throw new ManifestError(`the entitlement ${name} is yes or no`)
}

function readList(name: string, value: unknown): string[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return [...value]
  throw new ManifestError(`the entitlement ${name} is a list of texts`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
