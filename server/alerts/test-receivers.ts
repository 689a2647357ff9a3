import type { AlertChannel } from '../database/repositories/alert-repository.ts'
import type { AlertMessage } from './alert-message.ts'
import type { AlertSettings } from './alert-settings.ts'
import { addressesOf } from './alert-settings.ts'
import { AlertError } from './post-safely.ts'
import { sendMessage } from './send-message.ts'

export type ReceiverTest = { channel: AlertChannel; ok: boolean; text: string }

/** Sends a message to each receiver at the same time, once. `text` says what came of it, without the address. */
export function testReceivers(
  message: AlertMessage,
  settings: AlertSettings,
  how: { allowedOrigins: readonly string[]; timeoutMs: number },
): Promise<ReceiverTest[]> {
  const channels = Object.keys(addressesOf(settings)) as AlertChannel[]
  return Promise.all(
    channels.map(async (channel) => {
      try {
        await sendMessage(message, { channel, settings, ...how })
        return { channel, ok: true, text: 'The message has arrived.' }
      } catch (error) {
        if (!(error instanceof AlertError)) throw error
        return { channel, ok: false, text: `The message has not arrived: ${error.message}.` }
      }
    }),
  )
}
