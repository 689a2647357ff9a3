/** The answer with 429 to an address that keeps on guessing tokens. */
export const TOO_MANY_WRONG_TOKENS = {
  success: false,
  error: 'Too many calls with a missing or wrong authorization token. Correct it and wait a minute.',
}
