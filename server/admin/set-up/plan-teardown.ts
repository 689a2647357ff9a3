import type { LookerState } from '../../../shared/set-up/looker-state.ts'
import type { SetUpRecord } from './set-up-record.ts'

export type TeardownStep =
  | { kind: 'delete_hub'; id: string }
  | { kind: 'disable_action'; id: string }
  | { kind: 'delete_attribute'; id: string; which: 'secret' | 'address' }

/** Undoes what `setup` has noted, as far as it is still there, and nothing else. */
export function planTeardown(state: LookerState, record: SetUpRecord): TeardownStep[] {
  const steps: TeardownStep[] = []
  if (record.hub !== null && state.hub?.id === record.hub) steps.push({ kind: 'delete_hub', id: record.hub })
  else if (
    record.enabledAction !== null &&
    state.action?.id === record.enabledAction &&
    state.action.enabled
  ) {
    steps.push({ kind: 'disable_action', id: record.enabledAction })
  }
  for (const which of ['secret', 'address'] as const) {
    const id = record[which]
    if (id !== null && state[which]?.id === id) steps.push({ kind: 'delete_attribute', id, which })
  }
  return steps
}

/** What `setup` would have made, whoever made it: for a record that is lost. */
export function recordOfAll(state: LookerState, looker: string, serverUrl: string): SetUpRecord {
  return {
    looker,
    serverUrl,
    hub: state.hub?.id ?? null,
    secret: state.secret?.id ?? null,
    address: state.address?.id ?? null,
    enabledAction: null,
    tokenHash: null,
    secretHash: null,
  }
}

export const TEARDOWN_TEXTS: Record<TeardownStep['kind'], string> = {
  delete_hub: 'Delete the action hub',
  disable_action: 'Disable the action Heap, which was there before',
  delete_attribute: 'Delete the user attribute with the',
}

export function teardownText(step: TeardownStep): string {
  const text = TEARDOWN_TEXTS[step.kind]
  if (step.kind !== 'delete_attribute') return text
  return `${text} ${step.which === 'secret' ? 'secret of the extension' : 'address of the action server'}`
}
