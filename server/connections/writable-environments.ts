import type { HeapEnvironment, Region } from '../../shared/api/environments.ts'
import { quoteList } from '../../shared/text/text-list.ts'

/** The environments that a delivery may write; null: any. */
export type WritableEnvironments = readonly HeapEnvironment[] | null

/**
 * What the server names, less what the connection is not narrowed to. Where the server names none, those of the
 * connection are called by their ids.
 *
 * @param region of those that the server does not name
 */
export function writableEnvironments(
  ofServer: WritableEnvironments,
  narrowedTo: readonly string[] | null,
  region: Region,
): WritableEnvironments {
  if (narrowedTo === null) return ofServer
  if (ofServer === null) return narrowedTo.map((id) => ({ id, name: id, region }))
  return ofServer.filter(({ id }) => narrowedTo.includes(id))
}

/** `Production (1234567890)`: how an environment is shown. */
export function environmentLabel({ name, id }: HeapEnvironment): string {
  return name === id ? id : `${name} (${id})`
}

/** Why nothing may be written into an environment, and what to do about it; null: it may. */
export function environmentFault(writable: WritableEnvironments, environmentId: string): string | null {
  if (writable === null || writable.some(({ id }) => id === environmentId)) return null
  const choices =
    writable.length === 0
      ? 'It may write none for this Looker.'
      : `Choose one that it may: ${quoteList(writable.map(environmentLabel), 10)}.`
  return `This action server may not write the Heap environment ${environmentId}. ${choices} The person who runs it names the environments in HEAP_ENVIRONMENTS, and narrows them for a connection.`
}
