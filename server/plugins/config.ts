import fastifyEnv from '@fastify/env'
import fastifyPlugin from 'fastify-plugin'
import { checkUrls } from '../check-urls.ts'
import type { Config, Environment } from '../config.ts'
import { EnvironmentSchema, toConfig } from '../config.ts'

declare module 'fastify' {
  interface FastifyInstance {
    config: Config
  }
}

/** Checks the environment variables; a wrong one ends the start with a text that names it. */
export const configPlugin = fastifyPlugin(
  async (app, options: { environment: Record<string, string | undefined> }) => {
    await app.register(fastifyEnv, {
      confKey: 'environment',
      schema: EnvironmentSchema,
      data: { ...options.environment },
    })
    const environment = app.getEnvs<Environment>()
    checkUrls(environment)
    app.decorate('config', toConfig(environment))
  },
  { name: 'config' },
)
