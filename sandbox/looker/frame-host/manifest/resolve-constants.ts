import { ManifestError } from './manifest-error.ts'

type Json = Record<string, unknown>

/**
 * Replaces `@{NAME}` in all texts of a parsed manifest by the value of its constant, or by the admin's value
 * where the constant says that it may be overridden.
 *
 * @throws ManifestError for a constant that is not there or may not be overridden
 */
export function resolveConstants(manifest: Json, overrides: Readonly<Record<string, string>>): Json {
  const constants = readConstants(manifest.constant)
  for (const name of Object.keys(overrides)) {
    if (!constants.get(name)?.open) throw new ManifestError(`the constant ${name} cannot be overridden`)
  }
  const lookUp = (name: string): string => {
    const constant = constants.get(name)
    if (!constant) throw new ManifestError(`there is no constant ${name}`)
    return overrides[name] ?? constant.value
  }

  function resolve(value: unknown): unknown {
    if (typeof value === 'string') {
      return value.replaceAll(/@\{(\w+)\}/g, (_, name: string) => lookUp(name))
    }
    if (Array.isArray(value)) return value.map(resolve)
    if (typeof value !== 'object' || value === null) return value
    const kept = Object.entries(value).filter(([name]) => !name.startsWith('$'))
    return Object.fromEntries(kept.map(([name, inner]) => [name, resolve(inner)]))
  }
  const { constant: _, ...rest } = manifest
  return resolve(rest) as Json
}

/** `override_required` and `override_optional` open a constant; `none`, which is the default, does not. */
function readConstants(constants: unknown): Map<string, { value: string; open: boolean }> {
  const entries = typeof constants === 'object' && constants !== null ? Object.entries(constants) : []
  return new Map(
    entries
      .filter(([name]) => !name.startsWith('$'))
      .map(([name, constant]) => {
        const { value, export: openness } = constant as Json
        return [name, { value: String(value ?? ''), open: String(openness ?? '').startsWith('override_') }]
      }),
  )
}
