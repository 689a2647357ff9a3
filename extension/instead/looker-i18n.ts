import type { ReactNode } from 'react'

/** Texts by language, then by component, then by name. */
type Texts = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>
type LocaleObject = { readonly locale?: string; readonly resources?: Texts }

/**
 * In place of @looker/i18n and i18next in the bundle, see vite.config.ts: the extension speaks English only, so
 * the English texts that @looker/components brings are read where they are.
 *
 * The hook's `t` gives the text of a name with `{{values}}` put in, and the name itself where there is no text.
 */
export function useTranslationBase(english: LocaleObject, namespace: string) {
  const texts = english.resources?.en?.[namespace] ?? {}
  return {
    t: (name: string, values: Readonly<Record<string, ReactNode>> = {}) =>
      (texts[name] ?? name).replace(/\{\{(\w+)\}\}/g, (_, value: string) => String(values[value] ?? '')),
  }
}

/** The texts of one package together with those of the packages it builds on. */
export function mergeLocaleObjects(
  others: readonly LocaleObject[],
  locale: string,
  texts: Texts[string],
): LocaleObject {
  const before = others.map(({ resources }) => resources?.[locale])
  return { locale, resources: { [locale]: Object.assign({}, ...before, texts) } }
}

/** Nothing has to be loaded. */
export function i18nInitComponents() {}

/** What @looker/components-providers asks of i18next: whether it has begun, and to be told. */
const i18next = { isInitialized: true, on() {}, off() {} }

// biome-ignore lint/style/noDefaultExport: the libraries import it so.
export default i18next
