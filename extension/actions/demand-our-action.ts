import type { LookerSdk } from '../looker/adaptor.tsx'
import type { ActionKind } from './action-kind.ts'
import { fetchKind } from './heap-actions.ts'

/** Something was to be sent to an action that is not ours, or not for sure. Nothing was sent. */
export class NotOurActionError extends Error {
  override readonly name = 'NotOurActionError'
  readonly is: Exclude<ActionKind, { kind: 'ours' }>

  constructor(is: Exclude<ActionKind, { kind: 'ours' }>) {
    super(`The action is not known to be that of this extension: ${is.kind}`)
    this.is = is
  }
}

/**
 * Asks for the action's form once more, right before something is sent to it: a hub may have got another
 * address, and a dry run must reach nobody who would import.
 *
 * @throws NotOurActionError
 */
export async function demandOurAction(sdk: LookerSdk, actionId: string): Promise<void> {
  const is = await fetchKind(sdk, actionId)
  if (is.kind !== 'ours') throw new NotOurActionError(is)
}
