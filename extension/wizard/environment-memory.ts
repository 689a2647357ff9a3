import type { LookerHost } from '../looker/adaptor.tsx'
import { readStored, writeStored } from '../looker/local-storage.ts'

/** Most people import into one environment all their days. */
const NAME = 'environment-id'

export async function readEnvironmentId(host: LookerHost): Promise<string> {
  return (await readStored(host, NAME)) ?? ''
}

export function rememberEnvironmentId(host: LookerHost, environmentId: string): Promise<void> {
  return writeStored(host, NAME, environmentId.trim())
}
