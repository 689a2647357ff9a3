import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { RefusedError } from '../admin-errors.ts'

/** Where Looker's API is, and an API key of an admin. */
export type LookerSettings = {
  baseUrl: string
  clientId: string
  clientSecret: string
  verifySsl: boolean
}

const FILE = 'looker.ini'

const HOW = `Set LOOKERSDK_BASE_URL (https://acme.cloud.looker.com), LOOKERSDK_CLIENT_ID and LOOKERSDK_CLIENT_SECRET, or write base_url, client_id and client_secret into ${FILE}. An admin makes a key in Looker under Admin > Users > Edit > Edit Keys.`

/**
 * The settings of Looker's own SDK: `LOOKERSDK_*`, and for what these do not have the first section of
 * `looker.ini` in the current directory.
 *
 * @throws RefusedError
 */
export async function readLookerSettings(
  environment: Readonly<Record<string, string | undefined>>,
  directory = process.cwd(),
): Promise<LookerSettings> {
  const file = await readIni(resolve(directory, FILE))
  const read = (name: string) =>
    environment[`LOOKERSDK_${name.toUpperCase()}`]?.trim() || String(file[name] ?? '')
  const [baseUrl, clientId, clientSecret] = [read('base_url'), read('client_id'), read('client_secret')]
  const missing = Object.entries({ base_url: baseUrl, client_id: clientId, client_secret: clientSecret })
    .filter(([, value]) => value === '')
    .map(([name]) => name)
  if (missing.length > 0) {
    throw new RefusedError(`No credentials for Looker's API: ${missing.join(', ')} missing. ${HOW}`)
  }
  if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl)) {
    throw new RefusedError(`LOOKERSDK_BASE_URL is not the address of a Looker. ${HOW}`)
  }
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    clientId,
    clientSecret,
    verifySsl: !/^(false|no|0|off)$/i.test(read('verify_ssl')),
  }
}

async function readIni(path: string): Promise<Record<string, unknown>> {
  if (!existsSync(path)) return {}
  try {
    // Large, and only a set-up needs it.
    const { ApiConfigSection } = await import('@looker/sdk-node')
    return { ...ApiConfigSection(readFileSync(path, 'utf8')) }
  } catch {
    throw new RefusedError(`${path} cannot be read as the settings of Looker's SDK. ${HOW}`)
  }
}
