/**
 * SQL: may the rows of these two imports concern the same properties of the same entities? They go to one target,
 * and are of one sync, or of one Look: sending a Look by hand gives each delivery a plan, and so a sync, of its own.
 *
 * @param older alias of an import
 * @param newer alias of one that came later
 */
export function sharesKeys(older: string, newer: string): string {
  return `(${older}.id < ${newer}.id and ${older}.target_key = ${newer}.target_key
    and (${older}.sync_key = ${newer}.sync_key or ${older}.source_key = ${newer}.source_key))`
}

/** SQL: may they, and are there rows of the older one that have to come first? */
export function comesBefore(older: string, newer: string): string {
  return `(${older}.state <> 'finished' and ${sharesKeys(older, newer)})`
}
