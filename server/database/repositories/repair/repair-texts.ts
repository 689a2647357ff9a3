/** What is said of an import that somebody has cancelled. */
export const CANCELLED = 'The import was cancelled, so that no more of its rows are sent.'

/** What is said of a retry whose process ended before all rows had been taken over. */
export const RETRY_INTERRUPTED =
  'The retry was interrupted. The rows that are not in it are still kept: retry the earlier import again.'
