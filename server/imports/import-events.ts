import { EventEmitter } from 'node:events'

type Events = {
  /** Batches wait for Heap that did not before; of an import that has got so far: the number of the first one. */
  stored: [firstNumber: number]
  /** The reading of an import has ended. */
  read: []
  /** Somebody has released an import that was held. */
  released: []
  /** Rows have been decided; the ids are those of the imports that are finished by it. */
  decided: [finishedIds: readonly number[]]
  /** Imports of which nothing more is to be sent; told again and again until they have ended. */
  cancelled: [importIds: readonly number[]]
}

/** What happens to imports in this process, so that who waits for it need not wait for the next poll. */
export type ImportEvents = EventEmitter<Events>

export function createImportEvents(): ImportEvents {
  return new EventEmitter<Events>()
}
