/** A pause that ends early when somebody wakes it; waking before it begins makes it end at once. */
export function createWakeablePause() {
  let isWoken = false
  let end: () => void = () => undefined

  return {
    wake(): void {
      isWoken = true
      end()
    },
    /** Forgets that somebody has woken it. */
    reset(): void {
      isWoken = false
    },
    async wait(milliseconds: number): Promise<void> {
      if (isWoken) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, milliseconds)
      end = resolve
      await promise
      clearTimeout(timer)
      end = () => undefined
    },
  }
}
