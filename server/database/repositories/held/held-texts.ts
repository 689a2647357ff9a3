import { HELD_DAYS } from '../../../../shared/report/import-message.ts'

/** What is said of a held import that somebody has discarded. */
export const DISCARDED = 'The delivery was discarded, so that none of its waiting rows is sent.'

/** What is said of one that nobody has decided about. */
export const DISCARDED_BY_TIME = `Nobody released the delivery within ${HELD_DAYS} days, so that it was discarded: none of its waiting rows is sent.`

/** Why a delivery is held that nobody has compared, as its server ended while it read its rows. */
export const HELD_INTERRUPTED =
  'The server ended before the delivery had been compared with earlier ones, and rows of it may be missing.'

/** Why a delivery is held whose comparing failed; the log of the server says why. */
export const HELD_NOT_COMPARED =
  'The delivery could not be compared with earlier ones. Look at its rows, and tell the person who runs the server.'
