import { Type } from 'typebox'
import type { HeapEnvironment } from '../shared/api/environments.ts'
import { MAX_ENTITIES_PER_REQUEST } from '../shared/heap-limits.ts'
import type { ConfiguredTokens } from './connections/connection-list.ts'
import { parseEnvironments } from './connections/parse-environments.ts'
import { parseTokens } from './connections/parse-tokens.ts'
import { REGION_URLS, regionOfUrl } from './heap/regions.ts'

/** A variable set to nothing counts as unset. */
const HTTP_ORIGINS = '^(https?://[^\\s,/]+/?(\\s*,\\s*https?://[^\\s,/]+/?)*)?$'
const HTTP_URL = '^https?://[^\\s]+$'

/** The environment variables of the server; their documentation is the table in README.md. */
export const EnvironmentSchema = Type.Object({
  PORT: Type.Integer({ default: 8080, minimum: 0, maximum: 65_535 }),
  HOST: Type.String({ default: '0.0.0.0' }),
  PUBLIC_URL: Type.Optional(Type.String({ pattern: `${HTTP_URL}|^$` })),
  LOOKER_TOKEN: Type.Optional(Type.String()),
  EXTENSION_SECRET: Type.Optional(Type.String()),
  METRICS_TOKEN: Type.Optional(Type.String()),
  LOOKER_URL: Type.Optional(Type.String({ pattern: HTTP_ORIGINS })),
  HEAP_API_URL: Type.Optional(Type.String({ pattern: `${HTTP_URL}|^$` })),
  HEAP_ENVIRONMENTS: Type.Optional(Type.String()),
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://[^\\s]+$|^$' })),
  DATA_DIR: Type.String({ default: './data', minLength: 1 }),
  RESPONSE_DEADLINE: Type.Number({ default: 480, minimum: 0, maximum: 86_400 }),
  READ_CONCURRENCY: Type.Integer({ default: 8, minimum: 1, maximum: 256 }),
  RETENTION_DAYS: Type.Integer({ default: 90, minimum: 1, maximum: 3_650 }),
  REJECTED_ROWS_DAYS: Type.Integer({ default: 14, minimum: 1, maximum: 3_650 }),
  HEAP_CONCURRENCY: Type.Integer({ default: 4, minimum: 1, maximum: 256 }),
  HEAP_BATCH_SIZE: Type.Integer({ default: 1000, minimum: 1, maximum: MAX_ENTITIES_PER_REQUEST }),
  // Read by server/alerts/, which says what is wrong with them without showing them.
  ALERT_WEBHOOK_URL: Type.Optional(Type.String()),
  ALERT_WEBHOOK_SECRET: Type.Optional(Type.String()),
  ALERT_SLACK_URL: Type.Optional(Type.String()),
  // Read by server/settings/, before there is a server.
  TRUST_PROXY: Type.Optional(Type.String()),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { default: 'info' }),
})

export type Environment = Type.Static<typeof EnvironmentSchema>

export type Config = {
  port: number
  host: string
  /** Without a slash at the end; undefined: derived from the port that is listened on. */
  publicUrl: string | undefined
  /** Tokens of the default connection, of which the first is the newest; empty: generated ones. */
  tokens: ConfiguredTokens
  /** Those that may read the metrics; empty: only callers on this machine. */
  metricsTokens: readonly string[]
  /** Origins of Looker that data may be downloaded from; empty: any public https address. */
  lookerOrigins: string[]
  /** Undefined: the host of each environment's region. */
  heapApiUrl: string | undefined
  /** The environments of Heap that may be written; null: any. */
  heapEnvironments: readonly HeapEnvironment[] | null
  databaseUrl: string | undefined
  dataDirectory: string
  responseDeadlineMs: number
  /** Deliveries whose rows are read at once. */
  readConcurrency: number
  /** Days that imports and rejected rows are kept. */
  retentionDays: number
  rejectedRowsDays: number
  heapConcurrency: number
  heapBatchSize: number
  logLevel: string
}

/** Turns the checked environment variables into the values that the server works with. */
export function toConfig(environment: Environment): Config {
  return {
    port: environment.PORT,
    host: environment.HOST,
    publicUrl: withoutSlash(environment.PUBLIC_URL || undefined),
    tokens: toTokens(environment),
    metricsTokens: parseTokens('METRICS_TOKEN', environment.METRICS_TOKEN),
    lookerOrigins: toOrigins(environment.LOOKER_URL ?? ''),
    heapApiUrl: withoutSlash(environment.HEAP_API_URL || undefined),
    heapEnvironments: toEnvironments(environment),
    databaseUrl: environment.DATABASE_URL || undefined,
    dataDirectory: environment.DATA_DIR,
    responseDeadlineMs: environment.RESPONSE_DEADLINE * 1_000,
    readConcurrency: environment.READ_CONCURRENCY,
    retentionDays: environment.RETENTION_DAYS,
    rejectedRowsDays: environment.REJECTED_ROWS_DAYS,
    heapConcurrency: environment.HEAP_CONCURRENCY,
    heapBatchSize: environment.HEAP_BATCH_SIZE,
    logLevel: environment.LOG_LEVEL,
  }
}

function withoutSlash(url: string | undefined): string | undefined {
  return url?.replace(/\/+$/, '')
}

function toOrigins(list: string): string[] {
  return list
    .split(',')
    .map((url) => url.trim())
    .filter((url) => url !== '')
    .map((url) => new URL(url).origin)
}

/** @throws Error that says what to change */
function toTokens({ LOOKER_TOKEN, EXTENSION_SECRET }: Environment): ConfiguredTokens {
  const action = parseTokens('LOOKER_TOKEN', LOOKER_TOKEN)
  const extension = parseTokens('EXTENSION_SECRET', EXTENSION_SECRET)
  if (extension.some((secret) => action.includes(secret))) {
    throw new Error(
      'EXTENSION_SECRET must not be LOOKER_TOKEN: who uses the extension could then call the action. Make another one with: openssl rand -base64 32',
    )
  }
  return { action, extension }
}

/** @throws Error that says what to change */
function toEnvironments({
  HEAP_API_URL: url,
  HEAP_ENVIRONMENTS: list,
}: Environment): Config['heapEnvironments'] {
  if (!list?.trim()) return null
  const region = url ? regionOfUrl(url) : undefined
  const environments = parseEnvironments(list, region ?? 'us')
  const elsewhere = region && environments.find((entry) => entry.region !== region)
  if (elsewhere) {
    throw new Error(
      `HEAP_API_URL is the host of the region ${region}, but HEAP_ENVIRONMENTS has ${elsewhere.name} in ${elsewhere.region}. Leave HEAP_API_URL unset: each environment then gets the host of its region.`,
    )
  }
  return environments
}

/** The base URL of Heap for an environment: HEAP_API_URL, else that of the environment's region. */
export function heapUrlOf({ heapApiUrl, heapEnvironments }: Config, environmentId: string): string {
  if (heapApiUrl !== undefined) return heapApiUrl
  const named = heapEnvironments?.find(({ id }) => id === environmentId)
  return REGION_URLS[named?.region ?? 'us']
}
