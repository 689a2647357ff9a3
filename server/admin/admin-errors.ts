/** The command line is not as it must be; the text says how it is. Exit code 2. */
export class UsageError extends Error {}

/** What was asked for cannot be done, or is not there; the text says what to do. Exit code 1. */
export class RefusedError extends Error {}
