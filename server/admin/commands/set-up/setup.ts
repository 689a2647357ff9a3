import type { Made } from '../../../../shared/set-up/carry-out.ts'
import { carryOut } from '../../../../shared/set-up/carry-out.ts'
import { leftForAPerson } from '../../../../shared/set-up/left-for-a-person.ts'
import { readLookerState } from '../../../../shared/set-up/looker-state.ts'
import { planSetUp } from '../../../../shared/set-up/plan-set-up.ts'
import type { SetUpStep } from '../../../../shared/set-up/set-up-step.ts'
import { STEP_TEXTS } from '../../../../shared/set-up/set-up-step.ts'
import { testAction } from '../../../../shared/set-up/test-action.ts'
import { RefusedError, UsageError } from '../../admin-errors.ts'
import type { Command } from '../../command.ts'
import { jsonText, printable } from '../../output/printable.ts'
import { emptyRecord, hashSecret, noteMade, readRecord, writeRecord } from '../../set-up/set-up-record.ts'
import { leftText } from './left-text.ts'
import type { SetUpSite } from './set-up-work.ts'
import { withLooker } from './set-up-work.ts'

export const setupCommand: Command = {
  name: 'setup',
  usage: '[--plan]',
  summary:
    'Sets everything up in Looker that its API can do, says what is left for a person, and checks that.',
  help: [
    '',
    "Needs an admin's API key for Looker: LOOKERSDK_BASE_URL, LOOKERSDK_CLIENT_ID and LOOKERSDK_CLIENT_SECRET, or a",
    'looker.ini in this directory; and PUBLIC_URL, LOOKER_TOKEN, EXTENSION_SECRET and DATA_DIR as the server has them.',
    '',
    '--plan  shows what it would do, and does nothing',
    '',
    'It can be given again at any time: what is right stays. What it made is noted in DATA_DIR, for teardown.',
  ],
  options: { plan: { type: 'boolean' } },
  prepare({ positionals, values, json }) {
    if (positionals.length > 0) throw new UsageError('setup takes no words besides --plan.')
    const work = (site: SetUpSite) => setUp(site, values.plan === true, json)
    return { kind: 'outside', run: (outside) => withLooker(outside, work) }
  },
}

async function* setUp(site: SetUpSite, onlyPlan: boolean, json: boolean): AsyncGenerator<string> {
  const { api, config, serverUrl, file } = site
  const state = await readLookerState(api, serverUrl)
  const known = await readRecord(file)
  const isSame = known?.looker === api.url && known.serverUrl === serverUrl
  const record = known && isSame ? known : emptyRecord(api.url, serverUrl)
  const wish = {
    serverUrl,
    token: config.tokens.action[0] ?? null,
    secret: config.tokens.extension[0] ?? null,
  }
  const steps = planSetUp(state, wish, {
    actionWorks: state.action ? (await testAction(api, state.action.id)).success : null,
    tokenIsWritten: wish.token !== null && record.tokenHash === hashSecret(wish.token),
    secretIsWritten: wish.secret !== null && record.secretHash === hashSecret(wish.secret),
  })
  if (!json) {
    yield `Looker ${printable(api.url)}, as ${printable(state.user)}; action server ${printable(serverUrl)}\n\n`
    if (steps.length === 0) yield 'Everything that the API can set up is as it must be.\n'
  }
  const done: SetUpStep[] = []
  // What was made before belongs to this server's set-up as well.
  const made: Made = record.hub === null ? {} : { hub: record.hub }
  for (const step of steps) {
    if (!onlyPlan) {
      try {
        await carryOut(step, { api, state, wish, made })
      } finally {
        noteMade(record, made, wish)
        await writeRecord(file, record)
      }
      done.push(step)
    }
    if (!json) yield `${onlyPlan ? 'would  ' : 'done   '} ${STEP_TEXTS[step]}\n`
  }
  const after = done.length > 0 ? await readLookerState(api, serverUrl) : state
  if (!onlyPlan) await demandWorkingAction(site, after.action?.id ?? '')
  const left = leftForAPerson(after, serverUrl)
  if (json) {
    yield `${jsonText({
      looker: api.url,
      server: serverUrl,
      planned: steps.map((id) => ({ id, text: STEP_TEXTS[id] })),
      done,
      left,
    })}\n`
  } else yield leftText(left)
}

async function demandWorkingAction({ api, serverUrl }: SetUpSite, actionId: string): Promise<void> {
  const { success, message } = await testAction(api, actionId)
  if (success) return
  throw new RefusedError(
    `Looker's own test of the action failed: ${message}. npm run admin -- doctor says more about ${serverUrl}.`,
  )
}
