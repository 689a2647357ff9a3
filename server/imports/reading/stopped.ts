import { DeliveryError } from '../delivery-error.ts'

/** The server stops: what is not read by now is Looker's to send again. Or what the signal was aborted with. */
export function stopped({ reason }: AbortSignal): DeliveryError {
  if (reason instanceof DeliveryError) return reason
  return new DeliveryError('The action server was stopped while Looker was sending. Send the Look again.')
}

/**
 * What `work` comes to, unless the server stops before.
 *
 * @param onLate gets the result that came after the server had stopped waiting for it
 * @throws DeliveryError when the server stops first
 */
export async function unlessStopped<T>(
  work: Promise<T>,
  stopping: AbortSignal,
  onLate: (result: T) => Promise<void>,
): Promise<T> {
  const { promise: aborted, resolve } = Promise.withResolvers<'stopped'>()
  const onAbort = () => resolve('stopped')
  stopping.addEventListener('abort', onAbort, { once: true })
  if (stopping.aborted) onAbort()
  try {
    const first = await Promise.race([aborted, work.then((result) => ({ result }))])
    if (first !== 'stopped') return first.result
    // Nobody is there any more to be told of an error.
    work.then(onLate).catch(() => undefined)
    throw stopped(stopping)
  } finally {
    stopping.removeEventListener('abort', onAbort)
  }
}
