import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { DeliveryRecord } from '../looker/delivering/delivery-record.ts'

export type StandInsSettings = { actionUrl: string; token: string; rows: number; latencyMs: number }

export type StandInsRequest = 'deliver'

type Ready = { kind: 'ready'; heapUrl: string; lookerUrl: string; rowsUrl: string }
type DeliveredMessage = { kind: 'delivered'; record: DeliveryRecord; stored: number }

/** Starts Looker and Heap in one process of their own, so that the server's process can be measured alone. */
export async function startStandIns(settings: StandInsSettings) {
  const child = fork(fileURLToPath(new URL('stand-ins.ts', import.meta.url)), [JSON.stringify(settings)])
  const exited = once(child, 'exit')

  async function nextMessage<T>(): Promise<T> {
    const ended = exited.then(() => {
      throw new Error('the process of the stand-ins ended')
    })
    const [message] = await Promise.race([once(child, 'message'), ended])
    return message as T
  }

  const { heapUrl, lookerUrl, rowsUrl } = await nextMessage<Ready>()
  return {
    heapUrl,
    lookerUrl,
    rowsUrl,
    /** @returns Looker's record, and how many entities Heap has taken */
    async deliver(): Promise<Pick<DeliveredMessage, 'record' | 'stored'>> {
      child.send('deliver' satisfies StandInsRequest)
      return nextMessage<DeliveredMessage>()
    },
    async stop(): Promise<void> {
      if (child.connected) child.disconnect()
      await exited
    },
  }
}
