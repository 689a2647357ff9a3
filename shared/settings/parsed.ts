/** What a text means, or what to change about it. */
export type Parsed<T> = { value: T } | { error: string }
