/** SQL: is the fate of every row of an import known? The table's check constraint says the same. */
const ALL_ROWS_DECIDED = 'received = delivered + rejected + skipped + superseded + unchanged'

/** SQL that sets the state of an import whose reading has ended. */
export const READING_ENDED = `state = case when ${ALL_ROWS_DECIDED} then 'finished' else 'sending' end,
  finished_at = case when ${ALL_ROWS_DECIDED} then now() end, reading_ended_at = now()`
