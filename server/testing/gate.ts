import type { SeenRequest } from '../../sandbox/heap/heap-api.ts'

/** Holds requests at the door of Heap until a test lets them in, so that nothing depends on the clock. */
export function createGate() {
  let isShut: (request: SeenRequest) => boolean = () => false
  const waiting: (() => void)[] = []
  const arrived: SeenRequest[] = []

  return {
    /** Every request so far, in the order in which it came; those that wait are among them. */
    arrived: arrived as readonly SeenRequest[],
    waiting: () => waiting.length,
    onRequest(request: SeenRequest): Promise<void> | void {
      arrived.push(request)
      if (isShut(request)) return new Promise((resolve) => waiting.push(resolve))
    },
    /** From now on requests wait, all or some of them. */
    shut(forWhich: (request: SeenRequest) => boolean = () => true): void {
      isShut = forWhich
    },
    /** Lets in the one that has waited longest. */
    letOneIn(): void {
      waiting.shift()?.()
    },
    /** Lets in all that wait, and all that come. */
    open(): void {
      isShut = () => false
      for (const enter of waiting.splice(0)) enter()
    },
  }
}
