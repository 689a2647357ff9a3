/** What `GET /metrics` exposes. */
export type ExposedMetrics = {
  /** Names as they are declared: a histogram once. */
  types: ReadonlyMap<string, string>
  help: ReadonlyMap<string, string>
  samples: readonly Sample[]
  /** The value of the one series of this name with these labels; undefined: there is none. */
  value: (name: string, labels?: Record<string, string>) => number | undefined
}

type Sample = { name: string; labels: Record<string, string>; value: number }

/** Reads Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export async function readMetrics(url: string): Promise<ExposedMetrics> {
  const response = await fetch(`${url}/metrics`)
  const types = new Map<string, string>()
  const help = new Map<string, string>()
  const samples: Sample[] = []
  for (const line of (await response.text()).split('\n')) {
    if (line === '') continue
    const declared = /^# (TYPE|HELP) (\S+) (.*)$/.exec(line)
    if (declared) {
      const [, kind, name = '', text = ''] = declared
      if (kind === 'TYPE') types.set(name, text)
      else help.set(name, text)
      continue
    }
    const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line)
    if (!sample) throw new Error(`not a line of Prometheus' text format: ${line}`)
    const [, name = '', labels = '', value = ''] = sample
    samples.push({ name, labels: readLabels(labels), value: Number(value.replace('Inf', 'Infinity')) })
  }
  return {
    types,
    help,
    samples,
    value: (name, labels = {}) => {
      const found = samples.filter(
        (sample) =>
          sample.name === name && Object.entries(labels).every(([key, text]) => sample.labels[key] === text),
      )
      if (found.length > 1) throw new Error(`${name} has ${found.length} series with these labels`)
      return found[0]?.value
    },
  }
}

function readLabels(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)]
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value.replace(/\\(.)/g, '$1')]))
}
