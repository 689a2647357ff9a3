import './collector-settings.ts'
import './private-umask.ts'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import closeWithGrace from 'close-with-grace'
import type { FastifyInstance } from 'fastify'

/** Beside what it is made of; where nobody may write, as in many containers, the server starts without. */
const COMPILED = join(import.meta.dirname, '../node_modules/.cache/compiled')

/** How long a stop may take: requests to Heap end and what is stored is left to the next start. */
const STOP_MILLISECONDS = 20_000

const SHOWN = {
  action:
    'Authorization token of the action, for Looker (shown this once; set LOOKER_TOKEN to choose your own):',
  extension:
    'Secret of the extension, for its user attribute (shown this once; set EXTENSION_SECRET to choose your own):',
}

function showToken(token: string, kind: keyof typeof SHOWN): void {
  process.stdout.write(['', SHOWN[kind], '', `    ${token}`, '', ''].join('\n'))
}

async function start(): Promise<void> {
  let app: FastifyInstance | undefined
  // Before anything else: in a container a process without a handler ignores the signal.
  const { uninstall } = closeWithGrace({ delay: STOP_MILLISECONDS, logger: false }, async ({ err }) => {
    if (err) app?.log.fatal({ err }, 'stopping after an error that nothing caught')
    await app?.close()
  })
  try {
    // Some 500 modules are loaded, of which Node makes JavaScript and V8 makes code: a second start has both.
    enableCompileCache(COMPILED)
    const { buildApp } = await import('./app.ts')
    const { openTracing } = await import('./telemetry/open-tracing.ts')
    app = await buildApp({
      environment: process.env,
      showToken,
      logger: true,
      tracing: await openTracing(process.env),
    })
    app.log.level = app.config.logLevel
    await app.listen({ port: app.config.port, host: app.config.host })
  } catch (error) {
    await app?.close()
    // It would end the process as if all were well.
    uninstall()
    throw error
  }
}

try {
  await start()
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`The server could not start: ${message}\n`)
  process.exitCode = 1
}
