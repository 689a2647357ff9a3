/** One of the places to read in; to be given back. */
export type ReadingPlace = { leave: () => void }

export type ReadingPlaces = ReturnType<typeof createReadingPlaces>

type Waiting = { enter: (place: ReadingPlace) => void }

/**
 * Deliveries are read a few at a time, as each takes memory for its batches and its keys. Those that wait are
 * let in in turn by sync: one that sends often does not keep the others out.
 *
 * @param most READ_CONCURRENCY
 */
export function createReadingPlaces(most: number) {
  let taken = 0
  // Syncs in the order of their turns: one that was let in goes to the end.
  const queues = new Map<string, Waiting[]>()

  function letIn(): void {
    while (taken < most) {
      const [next] = queues
      if (!next) return
      const [syncKey, queue] = next
      queues.delete(syncKey)
      const first = queue.shift()
      if (queue.length > 0) queues.set(syncKey, queue)
      if (!first) continue
      taken += 1
      first.enter(createPlace())
    }
  }

  function createPlace(): ReadingPlace {
    let left = false
    return {
      leave(): void {
        if (left) return
        left = true
        taken -= 1
        letIn()
      },
    }
  }

  return {
    /** Deliveries that wait for a place. */
    waiting: () => [...queues.values()].reduce((sum, queue) => sum + queue.length, 0),
    /** Deliveries that are read. */
    taken: () => taken,

    /** Waits for a place. @throws the signal's reason when it is aborted before */
    enter(syncKey: string, signal: AbortSignal): Promise<ReadingPlace> {
      signal.throwIfAborted()
      return new Promise((resolve, reject) => {
        const waiting: Waiting = {
          enter(place): void {
            signal.removeEventListener('abort', giveUp)
            resolve(place)
          },
        }
        function giveUp(): void {
          const queue = queues.get(syncKey) ?? []
          const rest = queue.filter((entry) => entry !== waiting)
          if (rest.length > 0) queues.set(syncKey, rest)
          else queues.delete(syncKey)
          reject(signal.reason)
        }
        signal.addEventListener('abort', giveUp, { once: true })
        const queue = queues.get(syncKey) ?? []
        queues.set(syncKey, [...queue, waiting])
        letIn()
      })
    },
  }
}
