import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again and again until the answer is neither undefined nor false; rejects after `milliseconds`. */
export async function waitFor<T>(
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  what: string,
  milliseconds = 120_000,
): Promise<T> {
  const deadline = Date.now() + milliseconds
  while (Date.now() < deadline) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    await sleep(25)
  }
  throw new Error(`waited in vain: ${what}`)
}
