/** A property that another sync writes into the same environment, for the same kind of entity. */
export type OtherProperty = { property: string; sync: string }

export type Neighbour =
  /** Both write one property: whoever comes last wins. */
  | { kind: 'same'; other: OtherProperty }
  /** Two properties that people take for one. */
  | { kind: 'alike'; other: OtherProperty }

/** Names that differ by case, spaces and signs only look alike: `LTV Tier`, `ltv_tier`. */
function looked(name: string): string {
  const letters = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  return letters === '' ? name : letters
}

/** Looks properties up among those of other syncs. */
export function createNeighbours(others: readonly OtherProperty[]) {
  const byLook = Map.groupBy(others, ({ property }) => looked(property))
  return (property: string): Neighbour[] => {
    const found = byLook.get(looked(property)) ?? []
    return found.map((other) => ({ kind: other.property === property ? 'same' : 'alike', other }))
  }
}

/** What to say of them. */
export function neighbourText({ kind, other }: Neighbour): string {
  const sync = JSON.stringify(other.sync)
  return kind === 'same'
    ? `The sync ${sync} writes this property, too: whichever runs last wins. Leave it out of one, or rename it.`
    : `The sync ${sync} writes ${JSON.stringify(other.property)}, which is another property to Heap. Use one spelling, or a name that tells them apart.`
}
