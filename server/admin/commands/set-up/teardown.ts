import { readLookerState } from '../../../../shared/set-up/looker-state.ts'
import { RefusedError, UsageError } from '../../admin-errors.ts'
import type { Command } from '../../command.ts'
import type { LookerApi } from '../../looker/open-looker.ts'
import { jsonText } from '../../output/printable.ts'
import type { TeardownStep } from '../../set-up/plan-teardown.ts'
import { planTeardown, recordOfAll, teardownText } from '../../set-up/plan-teardown.ts'
import type { SetUpRecord } from '../../set-up/set-up-record.ts'
import { readRecord, removeRecord } from '../../set-up/set-up-record.ts'
import type { SetUpSite } from './set-up-work.ts'
import { withLooker } from './set-up-work.ts'

type Options = { onlyPlan: boolean; everything: boolean; force: boolean; json: boolean }

export const teardownCommand: Command = {
  name: 'teardown',
  usage: '[--plan] [--everything] [--force]',
  summary: 'Undoes in Looker what setup did, and nothing else.',
  help: [
    '',
    'The same settings as for setup. What setup did is noted in DATA_DIR.',
    '',
    '--plan        shows what it would do, and does nothing',
    '--everything  the hub and the user attributes of this server, whoever made them: for a note that is lost',
    '--force       although schedules send to the action; they fail from then on',
  ],
  options: { plan: { type: 'boolean' }, everything: { type: 'boolean' }, force: { type: 'boolean' } },
  prepare({ positionals, values, json }) {
    if (positionals.length > 0) throw new UsageError('teardown takes no words besides its options.')
    const options = {
      onlyPlan: values.plan === true,
      everything: values.everything === true,
      force: values.force === true,
      json,
    }
    return { kind: 'outside', run: (outside) => withLooker(outside, (site) => tearDown(site, options)) }
  },
}

async function* tearDown(site: SetUpSite, options: Options): AsyncGenerator<string> {
  const { api, serverUrl, file } = site
  const state = await readLookerState(api, serverUrl)
  const record = options.everything ? recordOfAll(state, api.url, serverUrl) : await demandRecord(site)
  const steps = planTeardown(state, record)
  const stopsSending = steps.some(({ kind }) => kind !== 'delete_attribute')
  if (state.schedules > 0 && stopsSending && !options.force && !options.onlyPlan) {
    throw new RefusedError(
      `${state.schedules} ${state.schedules === 1 ? 'schedule sends' : 'schedules send'} to this action, and would fail from now on. Delete them, or give --force.`,
    )
  }
  for (const step of steps) {
    if (!options.onlyPlan) await undo(api, step)
    if (!options.json) yield `${options.onlyPlan ? 'would  ' : 'done   '} ${teardownText(step)}\n`
  }
  if (!options.onlyPlan) await removeRecord(file)
  if (options.json) {
    yield `${jsonText({ looker: api.url, server: serverUrl, planned: steps, done: options.onlyPlan ? [] : steps, schedules: state.schedules })}\n`
  } else if (steps.length === 0) yield 'Nothing of what setup did is there any more.\n'
  else yield 'The LookML project was not made by setup, and stays.\n'
}

async function demandRecord({ file, api, serverUrl }: SetUpSite): Promise<SetUpRecord> {
  const record = await readRecord(file)
  if (record?.looker === api.url && record.serverUrl === serverUrl) return record
  throw new RefusedError(
    `Nothing is noted in ${file} that setup did for ${serverUrl} in ${api.url}. Set DATA_DIR as it was then; or delete what belongs to this server, whoever made it, with --everything.`,
  )
}

async function undo({ sdk, call }: LookerApi, step: TeardownStep): Promise<void> {
  switch (step.kind) {
    case 'delete_hub':
      return void (await call('delete the action hub', sdk.delete_integration_hub(step.id)))
    case 'disable_action':
      return void (await call('disable the action', sdk.update_integration(step.id, { enabled: false })))
    case 'delete_attribute':
      return void (await call('delete the user attribute', sdk.delete_user_attribute(step.id)))
  }
}
