import fastify from 'fastify'
import type { Config } from '../config.ts'
import { configPlugin } from '../plugins/config.ts'
import { RefusedError } from './admin-errors.ts'

/** The settings of the server, read and checked as the server does. @throws RefusedError that names the wrong one */
export async function readConfig(environment: Record<string, string | undefined>): Promise<Config> {
  const app = fastify({ logger: false })
  try {
    await app.register(configPlugin, { environment })
    return app.config
  } catch (error) {
    throw new RefusedError(error instanceof Error ? error.message : String(error), { cause: error })
  } finally {
    await app.close()
  }
}

/** Where Looker reaches the server. @throws RefusedError */
export function demandPublicUrl({ publicUrl }: Config): string {
  if (publicUrl !== undefined) return publicUrl
  throw new RefusedError(
    'PUBLIC_URL is not set. Set it as the server has it: the address where Looker reaches it.',
  )
}
