import { readFile } from 'node:fs/promises'
import { errorCode } from '../../shared/error-code.ts'

type Settings = Record<string, string | undefined>

/** Settings that hold a secret: each can be given as the path of a file, in a variable of its name with `_FILE`. */
export const SECRET_SETTINGS = [
  'LOOKER_TOKEN',
  'EXTENSION_SECRET',
  'METRICS_TOKEN',
  'DATABASE_URL',
  'ALERT_WEBHOOK_SECRET',
  'ALERT_SLACK_URL',
] as const

/** More is no secret of ours. */
const MOST_BYTES = 65_536

/**
 * The settings with what stands in the files that they name, without the line break at the end.
 *
 * @throws Error that names the setting and the path, and nothing of what the file holds
 */
export async function withSecretFiles(settings: Settings): Promise<Settings> {
  const read = await Promise.all(
    SECRET_SETTINGS.map(async (name) => [name, await readSecret(name, settings)] as const),
  )
  return { ...settings, ...Object.fromEntries(read.filter(([, secret]) => secret !== undefined)) }
}

async function readSecret(name: string, settings: Settings): Promise<string | undefined> {
  const path = settings[`${name}_FILE`]
  if (!path) return undefined
  if (settings[name]) throw new Error(`${name} and ${name}_FILE are both set. Leave one of them out.`)
  const secret = (await contentOf(name, path)).replace(/[\r\n]+$/, '')
  if (secret === '') throw new Error(`${name}_FILE names ${path}, which is empty.`)
  return secret
}

async function contentOf(name: string, path: string): Promise<string> {
  try {
    const bytes = await readFile(path)
    if (bytes.length <= MOST_BYTES) return bytes.toString()
  } catch (error) {
    throw new Error(
      `${name}_FILE names ${path}, which cannot be read: ${errorCode(error) || 'unknown error'}.`,
    )
  }
  throw new Error(`${name}_FILE names ${path}, which is too large for a secret.`)
}
