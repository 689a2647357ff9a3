/** Why a call that repeats a secret in its parameters is not carried out. */
export const HOLDS_SECRET =
  'The parameters hold a token of this action server. Nothing was done with them: take it out, and give the connection a new one.'

/** The answer with 429 to an address that keeps on guessing tokens. */
export const TOO_MANY_WRONG_TOKENS = {
  success: false,
  error: 'Too many calls with a missing or wrong authorization token. Correct it and wait a minute.',
}
