/**
 * The name on the instance of an extension's user attribute: the extension's id with `::` and `-` as `_`,
 * then the key (documented by Looker).
 */
export function attributeName(extensionId: string, key: string): string {
  return `${extensionId.replace(/::|-/g, '_')}_${key}`
}
