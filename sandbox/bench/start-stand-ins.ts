import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { BenchLook } from './looks/bench-look.ts'
import { PLAIN_LOOK } from './looks/bench-look.ts'
import type { Taken } from './stand-ins/heap.ts'
import type { BenchAnswer, BenchDelivery } from './stand-ins/looker.ts'

export type StandInsSettings = {
  /** Where deliveries go that name no other action. */
  actionUrl?: string
  token: string
  /** Rows of deliveries that name no other number. */
  rows?: number
  latencyMs: number
}

export type StandInsRequest =
  | { kind: 'deliver'; delivery: BenchDelivery }
  | { kind: 'offer'; look: BenchLook }
  | { kind: 'ask'; environmentId: string; propertyType: string }

export type StandInsAnswer =
  | { kind: 'delivered'; answer: BenchAnswer; taken: Taken }
  | { kind: 'offered'; url: string }
  | { kind: 'taken'; taken: Taken }

type Ready = { kind: 'ready'; heapUrl: string; lookerUrl: string }
type Numbered = { id: number; answer: StandInsAnswer }

/** A delivery as far as it differs from the plain one. */
export type DeliveryOptions = Partial<Omit<BenchDelivery, 'look'>> & { look?: Partial<BenchLook> }

/** The Heap environment of deliveries that name no other. */
export const ENVIRONMENT = '11'

export type StandIns = Awaited<ReturnType<typeof startStandIns>>

/** Starts Looker and Heap in one process of their own, so that the server's process can be measured alone. */
export async function startStandIns(settings: StandInsSettings) {
  const child = fork(fileURLToPath(new URL('stand-ins.ts', import.meta.url)), [JSON.stringify(settings)])
  const exited = once(child, 'exit')
  const waiting = new Map<number, (answer: StandInsAnswer) => void>()
  let lastId = 0

  const ended = exited.then(() => {
    throw new Error('the process of the stand-ins ended')
  })
  ended.catch(() => undefined)
  const [ready] = (await Promise.race([once(child, 'message'), ended])) as [Ready]
  child.on('message', ({ id, answer }: Numbered) => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
  })

  async function ask(request: StandInsRequest): Promise<StandInsAnswer> {
    lastId += 1
    const id = lastId
    const answered = new Promise<StandInsAnswer>((resolve) => waiting.set(id, resolve))
    child.send({ id, request })
    return Promise.race([answered, ended])
  }

  return {
    heapUrl: ready.heapUrl,
    lookerUrl: ready.lookerUrl,
    pid: child.pid ?? 0,

    /** @returns Looker's record, and how many entities of that type Heap has taken in all, those that came again too */
    async deliver(
      options: DeliveryOptions = {},
    ): Promise<{ record: BenchAnswer; stored: number; taken: Taken }> {
      const delivery: BenchDelivery = {
        actionUrl: settings.actionUrl ?? '',
        planId: '1',
        environmentId: ENVIRONMENT,
        params: {},
        ...options,
        look: { ...PLAIN_LOOK, ...(settings.rows ? { rows: settings.rows } : {}), ...options.look },
      }
      const answer = await ask({ kind: 'deliver', delivery })
      if (answer.kind !== 'delivered') throw new TypeError('the stand-ins answered something else')
      return { record: answer.answer, stored: answer.taken.entities, taken: answer.taken }
    },

    /** Offers rows to whoever asks. @returns their URL */
    async offer(look: BenchLook): Promise<string> {
      const answer = await ask({ kind: 'offer', look })
      if (answer.kind !== 'offered') throw new TypeError('the stand-ins answered something else')
      return answer.url
    },

    /** What Heap has taken in an environment, of users unless said otherwise. */
    async taken(environmentId = ENVIRONMENT, propertyType = 'user'): Promise<Taken> {
      const answer = await ask({ kind: 'ask', environmentId, propertyType })
      if (answer.kind !== 'taken') throw new TypeError('the stand-ins answered something else')
      return answer.taken
    },

    async stop(): Promise<void> {
      if (child.connected) child.disconnect()
      await exited
    },
  }
}
