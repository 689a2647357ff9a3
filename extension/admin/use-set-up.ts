import { useState } from 'react'
import type { Made } from '../../shared/set-up/carry-out.ts'
import { carryOut } from '../../shared/set-up/carry-out.ts'
import { readLookerState } from '../../shared/set-up/looker-state.ts'
import type { SetUpWish } from '../../shared/set-up/plan-set-up.ts'
import { planSetUp } from '../../shared/set-up/plan-set-up.ts'
import { SetUpRefusal } from '../../shared/set-up/set-up-api.ts'
import type { SetUpStep } from '../../shared/set-up/set-up-step.ts'
import { testAction } from '../../shared/set-up/test-action.ts'
import type { Read } from './checks.ts'
import type { SetUpLooker } from './set-up-looker.ts'
import { apiOf } from './set-up-looker.ts'
import { trySecret, tryServer, tryToken } from './try-credentials.ts'

type Progress = { kind: 'idle' } | { kind: 'busy' } | { kind: 'failed'; text: string }

/** What the admin has typed. */
export type Typed = { serverUrl: string; token: string; secret: string }

/** Reads how it stands, does single steps, or all that are missing. */
export function useSetUp(looker: SetUpLooker) {
  const [read, setRead] = useState<Read | null>(null)
  const [progress, setProgress] = useState<Progress>({ kind: 'idle' })

  /** @returns whether it was done */
  async function work(todo: () => Promise<void>): Promise<boolean> {
    setProgress({ kind: 'busy' })
    try {
      await todo()
      setProgress({ kind: 'idle' })
      return true
    } catch (error) {
      const text = error instanceof Error ? error.message.replace(/^(Error: )+/, '') : String(error)
      setProgress({ kind: 'failed', text })
      return false
    }
  }

  async function look(serverUrl: string): Promise<Read> {
    const state = await readLookerState(apiOf(looker), serverUrl)
    const found = {
      state,
      serverUrl,
      server: await tryServer(looker, serverUrl),
      test: state.action ? await testAction(apiOf(looker), state.action.id) : null,
    }
    setRead(found)
    return found
  }

  async function carryOutAll(steps: readonly SetUpStep[], found: Read, wish: SetUpWish): Promise<void> {
    const made: Made = {}
    try {
      for (const step of steps) await carryOut(step, { api: apiOf(looker), state: found.state, wish, made })
    } finally {
      await look(wish.serverUrl)
    }
  }

  return {
    read,
    progress,
    check: (serverUrl: string) => work(async () => void (await look(serverUrl))),

    /** One step. What was typed is tried first, so that nothing wrong is written. */
    mend: (step: SetUpStep, typed: Typed) =>
      work(async () => {
        const wish = await triedWish(looker, typed)
        await carryOutAll([step], await look(wish.serverUrl), wish)
      }),

    /** All steps that are missing. */
    setUp: (typed: Typed) =>
      work(async () => {
        const wish = await triedWish(looker, typed)
        const found = await look(wish.serverUrl)
        const steps = planSetUp(found.state, wish, {
          actionWorks: found.test?.success ?? null,
          tokenIsWritten: false,
          secretIsWritten: false,
        })
        await carryOutAll(steps, found, wish)
      }),
  }
}

/** @throws SetUpRefusal when the server does not take what was typed */
async function triedWish(looker: SetUpLooker, typed: Typed): Promise<SetUpWish> {
  const { serverUrl } = typed
  const [token, secret] = [typed.token.trim(), typed.secret.trim()]
  const tried = [
    ['authorization token', token === '' ? null : await tryToken(looker, serverUrl, token)],
    ['secret of the extension', secret === '' ? null : await trySecret(looker, serverUrl, secret)],
  ] as const
  for (const [what, answer] of tried) {
    if (answer?.kind === 'refused') {
      throw new SetUpRefusal(`This ${what} is not the action server's, so it was not written: ${answer.text}`)
    }
    if (answer?.kind === 'unreachable')
      throw new SetUpRefusal(`The action server is not reached: ${answer.text}`)
  }
  return { serverUrl, token: token || null, secret: secret || null }
}
