/** What an answer of Heap, or its absence, means for the rows of the request and for those that follow. */
export type StatusVerdict = {
  /**
   * `nothing`: Heap has taken the rows. `rows`: at least one of them is wrong. `size`: the request is too
   * large. `request`: it is turned away whatever rows are in it. `moment`: the same may pass later.
   */
  judges: 'nothing' | 'rows' | 'size' | 'request' | 'moment'
  /** Do the rows come again as they are? Else Heap's word is final, once a row stands alone. */
  retried: boolean
  /** What it does to the environment's circuit breaker: several that count open it. */
  circuit: 'closes' | 'counts' | 'opens'
  /** When a request of several rows is halved, to find the one that is why. */
  halves: 'never' | 'at_once' | 'next_time'
  /** Do the other requests of the environment get smaller? */
  shrinks: boolean
  /** For the user: what it means, or what to check. */
  told: string
}

type Statuses = readonly (number | '2xx' | '3xx' | '5xx')[]

const ADDRESS =
  'HEAP_API_URL of the action server, or its HEAP_ENVIRONMENTS (as Europe=55@eu), must name the region that the environment is in: https://heapanalytics.com (US) or https://c.eu.heap-api.com (EU)'

const ROWS: StatusVerdict = {
  judges: 'rows',
  retried: false,
  circuit: 'closes',
  halves: 'at_once',
  shrinks: false,
  told: 'Heap does not take the row as it is: correct its values in Looker.',
}

const REQUEST: StatusVerdict = {
  judges: 'request',
  retried: true,
  circuit: 'opens',
  // A firewall that dislikes a value says the same, and then it is one row's fault.
  halves: 'next_time',
  shrinks: false,
  told: `Check what stands between the action server and Heap, a proxy or a firewall; ${ADDRESS}.`,
}

const SICK: StatusVerdict = {
  judges: 'moment',
  retried: true,
  circuit: 'counts',
  halves: 'next_time',
  shrinks: true,
  told: 'Heap cannot be reached or is out of order; it is tried again.',
}

/** Has nothing to do with what is in the request. */
const LATER: StatusVerdict = { ...SICK, halves: 'never', shrinks: false, told: 'Heap asks to wait.' }

/**
 * Heap documents 200 and 400 only; every other status is read as HTTP defines it (RFC 9110, 6585, 7725). The
 * first line that has a status counts.
 */
const TABLE: readonly (readonly [Statuses, StatusVerdict])[] = [
  [
    ['2xx'],
    {
      judges: 'nothing',
      retried: false,
      circuit: 'closes',
      halves: 'never',
      shrinks: false,
      told: 'Heap has taken the rows.',
    },
  ],
  [[400, 422], ROWS],
  [[413], { ...ROWS, judges: 'size', shrinks: true, told: 'The row is too large for Heap.' }],
  [
    ['3xx'],
    {
      ...REQUEST,
      told: `A redirect is not followed, as rows go to no other host. Check the address: ${ADDRESS}.`,
    },
  ],
  [
    [401, 403, 451],
    {
      ...REQUEST,
      told: `Check the environment ID, and whether a proxy or firewall between the action server and Heap forbids the request; ${ADDRESS}.`,
    },
  ],
  [[404, 405, 410, 421], { ...REQUEST, told: `Check the address: ${ADDRESS}.` }],
  [
    [407],
    { ...REQUEST, told: 'The proxy between the action server and Heap wants a login: check its settings.' },
  ],
  [[423], { ...REQUEST, told: 'Check in Heap whether the environment is locked.' }],
  [[408], SICK],
  [[425, 429], LATER],
  [
    [511],
    {
      ...REQUEST,
      told: `Check what stands between the action server and Heap, and lets nobody through without a login; ${ADDRESS}.`,
    },
  ],
  [['5xx'], SICK],
]

/** Anything else: no status that HTTP knows, or one that does not say whose fault it is. */
const UNKNOWN = REQUEST

/** When no whole answer came. */
const NO_ANSWER = {
  timeout: SICK,
  connection: SICK,
  // Ours to break off: it says nothing of Heap, which is why nobody is told.
  aborted: { ...LATER, told: 'The request was broken off.' },
} satisfies Record<string, StatusVerdict>

export function statusVerdict(status: number): StatusVerdict {
  const line = TABLE.find(([statuses]) => statuses.some((entry) => isWithin(status, entry)))
  return line?.[1] ?? UNKNOWN
}

/** Why a request has no whole answer. */
export type NoAnswer = keyof typeof NO_ANSWER

export function noAnswerVerdict(cause: NoAnswer): StatusVerdict {
  return NO_ANSWER[cause]
}

function isWithin(status: number, entry: Statuses[number]): boolean {
  return typeof entry === 'number' ? status === entry : Math.floor(status / 100) === Number(entry[0])
}
