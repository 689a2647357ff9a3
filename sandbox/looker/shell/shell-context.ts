import type { FastifyRequest } from 'fastify'
import type { LookerInstance } from '../api/instance.ts'
import type { DeliveryRecord } from '../delivering/delivery-record.ts'
import type { Look } from '../look.ts'
import type { Frame } from './layout.ts'

/** What the pages show, and what they act on. */
export type ShellContext = {
  instance: LookerInstance
  samples: readonly Look[]
  history: () => readonly DeliveryRecord[]
  /** What every page shows besides its own. */
  shellFrame: (request: FastifyRequest) => Promise<Frame>
}
