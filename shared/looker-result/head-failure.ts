import { asClause, withoutValues } from './safe-text.ts'

/**
 * What the analyst is told of a result that does not say which columns it has.
 *
 * @param message the result's member of that name: an error of Looker's API has nothing else
 */
export function headFailure(reason: 'missing' | 'unknown', message: unknown): string {
  if (reason === 'unknown') {
    return "Looker describes the result's columns in a way that this server does not know. Tell the person who runs the server."
  }
  if (typeof message === 'string' && message.trim() !== '') {
    const text = asClause(withoutValues(message))
    return `Looker answered with an error instead of the result: ${text.endsWith('...') ? text : `${text}.`} Open the Look to see whether it runs, and send it again.`
  }
  return "Looker's result does not say which columns it has. If the schedule has another format than JSON detail, change the format; if not, tell your Looker administrator."
}
