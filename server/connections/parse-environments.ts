import type { HeapEnvironment, Region } from '../../shared/api/environments.ts'
import { REGIONS } from '../../shared/api/environments.ts'
import { charactersAbove } from '../../shared/text/characters.ts'

/** Looker shows the name as an option of a select. Ours. */
const MAX_NAME_CHARACTERS = 100

const FORM = 'Write name=id, or name=id@region, separated by commas: Production=1234567890, Europe=55@eu.'

/**
 * The environments of HEAP_ENVIRONMENTS, in its order.
 *
 * @param defaultRegion of those that name none
 * @throws Error that says what to change
 */
export function parseEnvironments(list: string, defaultRegion: Region): HeapEnvironment[] {
  const environments = list.split(',').map((entry) => parseEnvironment(entry.trim(), defaultRegion))
  for (const what of ['id', 'name'] as const) {
    const twice = environments.map((entry) => entry[what]).find((text, at, all) => all.indexOf(text) !== at)
    if (twice !== undefined) throw new Error(`HEAP_ENVIRONMENTS has the ${what} ${twice} more than once.`)
  }
  return environments
}

function parseEnvironment(entry: string, defaultRegion: Region): HeapEnvironment {
  const parts = /^([^=]*)=([^=@]*)(?:@([^=@]*))?$/
    .exec(entry)
    ?.slice(1)
    .map((part) => part?.trim())
  if (!parts) throw wrong(entry === '' ? 'an empty entry' : `the entry "${entry}"`)
  const [name = '', id = '', region] = parts
  if (name === '' || charactersAbove(name, MAX_NAME_CHARACTERS) !== undefined) {
    throw wrong(`a name that is empty or has more than ${MAX_NAME_CHARACTERS} characters, in "${entry}"`)
  }
  if (!/^\d{1,20}$/.test(id)) throw wrong(`the id "${id}", which must be 1 to 20 digits, in "${entry}"`)
  return { id, name, region: region === undefined ? defaultRegion : parseRegion(region, entry) }
}

function parseRegion(text: string, entry: string): Region {
  const region = REGIONS.find((known) => known === text.toLowerCase())
  if (!region) throw wrong(`the region "${text}", which must be ${REGIONS.join(' or ')}, in "${entry}"`)
  return region
}

function wrong(what: string): Error {
  return new Error(`HEAP_ENVIRONMENTS has ${what}. ${FORM}`)
}
