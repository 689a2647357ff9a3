import type { SDKResponse } from '@looker/sdk-rtl'
import { errorOfAnswer, errorOfThrown } from './looker-error.ts'

/**
 * Carries out one call of Looker's API.
 *
 * @throws LookerError, whether the host threw or the API answered an error
 */
export async function callLooker<T, E>(call: () => Promise<SDKResponse<T, E>>): Promise<T> {
  let answer: SDKResponse<T, E>
  try {
    answer = await call()
  } catch (error) {
    throw errorOfThrown(error)
  }
  if (answer.ok) return answer.value
  throw errorOfAnswer(answer.error)
}
