import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errorCode } from '../../../shared/error-code.ts'
import { isRecord } from '../../../shared/is-record.ts'
import type { Made } from '../../../shared/set-up/carry-out.ts'
import type { SetUpWish } from '../../../shared/set-up/plan-set-up.ts'
import { RefusedError } from '../admin-errors.ts'

/** What `setup` has done in a Looker, so that `teardown` undoes that and nothing else. */
export type SetUpRecord = {
  looker: string
  serverUrl: string
  /** Ids of what it made. */
  hub: string | null
  secret: string | null
  address: string | null
  /** The action that it enabled, of a hub that was there before. */
  enabledAction: string | null
  /** SHA-256 of the token and of the secret that it wrote last. */
  tokenHash: string | null
  secretHash: string | null
}

const FILE = 'looker-set-up.json'

export function recordFile(dataDirectory: string): string {
  return join(dataDirectory, FILE)
}

export function emptyRecord(looker: string, serverUrl: string): SetUpRecord {
  return {
    looker,
    serverUrl,
    hub: null,
    secret: null,
    address: null,
    enabledAction: null,
    tokenHash: null,
    secretHash: null,
  }
}

/** @returns null when nothing was set up from here @throws RefusedError */
export async function readRecord(file: string): Promise<SetUpRecord | null> {
  try {
    const read: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (isRecord(read) && typeof read.looker === 'string' && typeof read.serverUrl === 'string') {
      return { ...emptyRecord(read.looker, read.serverUrl), ...read }
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new RefusedError(`${file} is not a record of a set-up. Move it away, and give the command again.`)
}

/** Only the owner may read it: the names of a Looker's parts are nobody else's business. */
export async function writeRecord(file: string, record: SetUpRecord): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 })
}

export async function removeRecord(file: string): Promise<void> {
  await rm(file, { force: true })
}

/** Secrets are long and random, so that a plain hash cannot be guessed back. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Adds to the record what a step has made. */
export function noteMade(
  record: SetUpRecord,
  { hub, secret, address, enabledAction, wroteToken, wroteSecret }: Made,
  wish: SetUpWish,
): void {
  if (hub !== undefined) record.hub = hub
  if (secret !== undefined) record.secret = secret
  if (address !== undefined) record.address = address
  if (enabledAction !== undefined) record.enabledAction = enabledAction
  if (wroteToken && wish.token !== null) record.tokenHash = hashSecret(wish.token)
  if (wroteSecret && wish.secret !== null) record.secretHash = hashSecret(wish.secret)
}
