/** Names under which the parts of this integration stand in Looker, in one place for all who look for them. */

/** Name of the LookML project, as its manifest has it. A Marketplace may install it under another. */
export const PROJECT = 'heap_data_import'

/** The application of the manifest that analysts use. */
export const APPLICATION = 'heap_data_import'

/** The application of the manifest for admins, with entitlements of its own. */
export const SET_UP_APPLICATION = 'heap_data_import_set_up'

/** The model of the project: who may explore it may open the extension. */
export const MODEL = 'heap_data_import'

/** Name of our action in the hub's listing; Looker's id of it is `<hub id>::heap`. */
export const ACTION = 'heap'

/** User attribute, hidden, with the secret of the extension; Looker fills it in, no browser sees it. */
export const SECRET_KEY = 'action_server_token'

/** User attribute with the server's URL, for installations that keep the bundle in the LookML project. */
export const SERVER_URL_ATTRIBUTE = 'action_server_url'

/** Where Looker may send the secret of the extension: there, and nowhere else. */
export function secretAllowlist(serverUrl: string): string {
  return `${serverUrl.replace(/\/+$/, '')}/api/token`
}

export function extensionId(project: string, application = APPLICATION): string {
  return `${project}::${application}`
}
