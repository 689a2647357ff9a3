import type { SetUpApi } from './set-up-api.ts'
import { textOf } from './set-up-api.ts'

/**
 * Looker asks our server for the form, with the token that it has: whether it reaches the server and whether the
 * token is right in one.
 */
export async function testAction(
  { sdk }: SetUpApi,
  actionId: string,
): Promise<{ success: boolean; message: string }> {
  const answer = await sdk.test_integration(actionId)
  if (!answer.ok) return { success: false, message: textOf(answer.error) }
  return { success: answer.value.success === true, message: answer.value.message ?? 'no reason given' }
}
