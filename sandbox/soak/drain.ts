import { setTimeout as sleep } from 'node:timers/promises'

/** Rows that the server has read and that wait for Heap, as its metrics say. */
async function waitingRows(url: string): Promise<number> {
  const text = await fetch(`${url}/metrics`).then((answer) => answer.text())
  let waiting = Number.NaN
  for (const [, outcome, count] of text.matchAll(/^heap_import_shared_rows\{outcome="(\w+)"\} (\d+)/gm)) {
    // The first one is what was received.
    waiting = outcome === 'received' ? Number(count) : waiting - Number(count)
  }
  return waiting
}

/** Waits until every row is decided. @returns rows that still wait after `seconds`, normally 0 */
export async function drain(url: string, seconds: number): Promise<number> {
  const deadline = performance.now() + seconds * 1_000
  for (;;) {
    const waiting = await waitingRows(url)
    if (waiting === 0 || performance.now() > deadline) return waiting
    await sleep(500)
  }
}
