import type { Tracing } from './tracing.ts'
import { NO_TRACING, wantsTraces } from './tracing.ts'

/** Loads OpenTelemetry when it is asked for, and nothing of it otherwise. */
export async function openTracing(environment: Record<string, string | undefined>): Promise<Tracing> {
  if (!wantsTraces(environment)) return NO_TRACING
  const { startOpenTelemetry } = await import('./open-telemetry.ts')
  return startOpenTelemetry()
}
