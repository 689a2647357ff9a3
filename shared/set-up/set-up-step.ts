/** Something that `setup` does in Looker. */
export type SetUpStep =
  | 'create_hub'
  | 'set_token'
  | 'accept_agreement'
  | 'enable_action'
  | 'create_secret'
  | 'replace_secret'
  | 'change_secret'
  | 'write_secret'
  | 'create_address'
  | 'change_address'

/** What each is, as a sentence that begins with a verb. */
export const STEP_TEXTS: Record<SetUpStep, string> = {
  create_hub: 'Add the action hub with its token',
  set_token: 'Give the action hub its token',
  accept_agreement: 'Accept the legal agreement of the action hub',
  enable_action: 'Enable the action Heap',
  create_secret: 'Create the hidden user attribute with the secret of the extension',
  replace_secret:
    'Delete the user attribute with the secret and create it anew, as Looker cannot change its allowlist',
  change_secret: 'Correct the user attribute with the secret of the extension',
  write_secret:
    'Write the secret of the extension again, as Looker does not show whether it is the right one',
  create_address: 'Create the user attribute with the address of the action server',
  change_address: 'Correct the user attribute with the address of the action server',
}
