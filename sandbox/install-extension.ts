import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SECRET_KEY, SERVER_URL_ATTRIBUTE, secretAllowlist } from '../shared/set-up/installed-names.ts'
import type { ExtensionSource } from './looker/frame-host/extension-source.ts'
import { projectSource } from './looker/frame-host/extension-source.ts'
import type { UserAttributes } from './looker/frame-host/user-attributes.ts'
import { scopedName } from './looker/frame-host/user-attributes.ts'

/** The manifest of this project. */
const MANIFEST = fileURLToPath(new URL('../manifest.lkml', import.meta.url))

/** The manifest's constant that an admin overrides by the address of the action server. */
const SERVER_URL = 'ACTION_SERVER_URL'

/** The model that an admin adds to the project, as README.md says; who may use it may use the extension. */
const MODEL = 'heap_data_import'

type InstalledExtension = {
  source: ExtensionSource
  /** Makes the hidden user attribute, as an admin does. */
  setUp: (attributes: UserAttributes, secret: string) => Promise<void>
}

/** An extension as an admin installs it; undefined as long as there is no manifest. */
export function installExtension(serverUrl: string, manifest = MANIFEST): InstalledExtension | undefined {
  if (!existsSync(manifest)) return undefined
  const source = projectSource(manifest, {
    constants: () =>
      readFileSync(manifest, 'utf8').includes(`constant: ${SERVER_URL}`) ? { [SERVER_URL]: serverUrl } : {},
    models: [MODEL],
  })
  return {
    source,
    async setUp(attributes, secret): Promise<void> {
      const { applications } = await source.manifest()
      for (const { extensionId } of applications) {
        attributes.define({
          name: scopedName(extensionId, SECRET_KEY),
          label: `${extensionId}: secret`,
          default_value: secret,
          value_is_hidden: true,
          user_can_edit: false,
          hidden_value_domain_whitelist: [secretAllowlist(serverUrl)],
        })
        attributes.define({
          name: scopedName(extensionId, SERVER_URL_ATTRIBUTE),
          label: `${extensionId}: address`,
          default_value: serverUrl,
          user_can_edit: false,
        })
      }
    },
  }
}
