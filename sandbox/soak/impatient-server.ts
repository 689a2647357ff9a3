import closeWithGrace from 'close-with-grace'
import { buildApp } from '../../server/app.ts'

// The action server as server/main.ts runs it, but for a short patience with Heap: what a sick Heap costs in
// hours happens in minutes.

const app = await buildApp({
  environment: process.env,
  showToken: () => undefined,
  logger: { level: 'warn' },
  heapTiming: {
    requestMs: 5_000,
    retry: { baseMs: 200, maxMs: 3_000, maxRetryAfterMs: 3_000 },
    breaker: { pauseMs: 300, maxPauseMs: 3_000, probeTimeoutMs: 10_000 },
    lookAgainMs: 300,
  },
})
closeWithGrace({ delay: 20_000, logger: false }, () => app.close())
await app.listen({ port: app.config.port, host: app.config.host })
