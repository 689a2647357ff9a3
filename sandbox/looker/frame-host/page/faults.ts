/** What goes wrong between host and extension, as the page's address says it. */
export type Faults = {
  /** Milliseconds before every answer. */
  latency: number
  /** The extension's Ack is lost, so that the host never initialises it. */
  dropAck: boolean
  lookerVersion: string | null
  /** API method -> status that it fails with. */
  failing: ReadonlyMap<string, number>
  /** API methods and request types that are never answered. */
  hanging: ReadonlySet<string>
}

/** All of them begin so; the extension does not see them in its route. */
const PREFIX = 'sandbox.'

/**
 * Reads `?sandbox.latency=2000&sandbox.dropAck=yes&sandbox.lookerVersion=6.0`, and any number of
 * `sandbox.fail=create_scheduled_plan:403` and `sandbox.hang=run_look`.
 */
export function readFaults(search: string): Faults {
  const query = new URLSearchParams(search)
  const failing = query.getAll(`${PREFIX}fail`).map((text): [string, number] => {
    const [method = '', status = '500'] = text.split(':')
    return [method, Number(status)]
  })
  return {
    latency: Number(query.get(`${PREFIX}latency`) ?? 0),
    dropAck: query.get(`${PREFIX}dropAck`) === 'yes',
    lookerVersion: query.get(`${PREFIX}lookerVersion`),
    failing: new Map(failing),
    hanging: new Set(query.getAll(`${PREFIX}hang`)),
  }
}

/** Divides a query into the extension's own and that of the faults, each with its question mark. */
export function divideSearch(search: string): { own: string; faults: string } {
  const entries = [...new URLSearchParams(search)]
  const write = (wanted: boolean) => {
    const text = new URLSearchParams(
      entries.filter(([name]) => name.startsWith(PREFIX) === wanted),
    ).toString()
    return text === '' ? '' : `?${text}`
  }
  const faults = write(true)
  return faults === '' ? { own: search, faults } : { own: write(false), faults }
}

/** Loses the Ack: the port that comes with the extension's Syn gets a listener that passes it over. */
export function dropAcks(): void {
  const ACK = 1
  window.addEventListener('message', ({ ports: [port] }) => {
    const original = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage')
    if (!port || !original?.set) return
    const { set } = original
    Object.defineProperty(port, 'onmessage', {
      set(listener: (event: MessageEvent) => void) {
        set.call(port, (event: MessageEvent) => {
          if ((event.data as { action?: unknown }).action !== ACK) listener(event)
          else document.body.dataset.lostAck = 'yes'
        })
      },
    })
  })
}
