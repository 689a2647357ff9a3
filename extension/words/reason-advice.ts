/** What an analyst changes so that rows rejected for a reason arrive. */
const ADVICE: Record<string, string> = {
  join_key_duplicate: 'Make the key unique in the Look: group by it, or filter out the older rows.',
  join_key_placeholder: 'Filter these rows out of the Look, or put the real key in.',
  join_key_too_long:
    'Heap takes keys of up to 255 characters. Shorten the key in the Look, or choose another column.',
  join_key_not_a_value: 'Make the key a text or a number: Heap knows users by nothing else.',
  join_key_broken_text: 'Repair the text in the source of the Look: it holds characters that are not valid.',
  row_too_large: 'Leave out a column with very long texts.',
  heap_refused:
    "Heap's words say what it does not take. Change that in the Look, or try again where Heap was at fault.",
  heap_unreachable: 'Heap did not take these rows for 24 hours. Try again once it answers.',
  discarded:
    'The delivery was unusual and was discarded. Send the Look again when its rows are wanted after all.',
  forgotten: 'The person was erased on request: take the person out of the Look as well.',
  cancelled: 'Somebody cancelled the import. Send the Look again when these rows are wanted after all.',
}

/** A newer server may know reasons that this version does not. */
export function adviceFor(reason: string): string {
  return (
    (Object.hasOwn(ADVICE, reason) ? ADVICE[reason] : undefined) ??
    'This version of the extension does not know the reason. Reload the page for a newer one.'
  )
}
