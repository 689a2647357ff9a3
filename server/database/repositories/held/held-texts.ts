import { HELD_DAYS } from '../../../../shared/report/import-message.ts'

/** What is said of a held import that somebody has discarded. */
export const DISCARDED = 'The delivery was discarded, so that none of its waiting rows is sent.'

/** What is said of one that nobody has decided about. */
export const DISCARDED_BY_TIME = `Nobody released the delivery within ${HELD_DAYS} days, so that it was discarded: none of its waiting rows is sent.`
