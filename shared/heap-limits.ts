/** Most users or accounts in one bulk request (documented by Heap for both bulk endpoints). */
export const MAX_ENTITIES_PER_REQUEST = 1000

/**
 * Most bytes of one bulk request. Heap publishes no limit; 1 MB is the common default of HTTP servers
 * and is what a request stays under even when a Look is very wide.
 */
export const MAX_REQUEST_BYTES = 1_000_000

/** Longest join key in characters (documented by Heap for `identity`: "up to 255 characters"). */
export const MAX_JOIN_KEY_CHARACTERS = 255

/**
 * Longest property name and string value in characters. Heap documents "fewer than 1024 characters", its
 * own libraries allow 1024: 1023 satisfies both readings.
 */
export const MAX_PROPERTY_CHARACTERS = 1023
