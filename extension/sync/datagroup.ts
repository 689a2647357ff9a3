/** Between model and name of a datagroup, as a plan has them (observed in public code). */
const SEPARATOR = '::'

/** The name of a datagroup in a plan: alone it is unique only within its model (documented by Looker). */
export function qualifiedDatagroup(model: string, name: string): string {
  return `${model}${SEPARATOR}${name}`
}

/** Model and name; the model is null in a plan of an older version of the extension, which left it out. */
export function readDatagroup(text: string): { model: string | null; name: string } {
  const at = text.indexOf(SEPARATOR)
  return at < 1
    ? { model: null, name: text }
    : { model: text.slice(0, at), name: text.slice(at + SEPARATOR.length) }
}

/** With the model of its Look where it has none: that was the only model whose datagroups were offered. */
export function withModel(text: string, model: string | null): string {
  const datagroup = readDatagroup(text)
  return datagroup.model !== null || model === null || text === ''
    ? text
    : qualifiedDatagroup(model, datagroup.name)
}

/** `nightly of the model crm` */
export function datagroupInWords(text: string): string {
  const { model, name } = readDatagroup(text)
  return model === null ? name : `${name} of the model ${model}`
}
