import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import packageJson from '../package.json' with { type: 'json' }
import { EnvironmentSchema } from '../server/config.ts'

const ROOT = join(import.meta.dirname, '..')
const DEPLOY = join(ROOT, 'docs/operations/deploy')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

/** Settings of the server, as themselves or as the path of a file. */
const SETTINGS = new Set([
  ...Object.keys(EnvironmentSchema.properties),
  'EXTENSION_SECRET',
  'METRICS_TOKEN',
  'HEAP_ENVIRONMENTS',
  'TRUST_PROXY',
])
const isSetting = (name: string) => SETTINGS.has(name.replace(/_FILE$/, ''))

// biome-ignore lint/suspicious/noExplicitAny: documents of many shapes, of which each test reads a few places
type Tree = any

const kubernetes: Tree[] = readdirSync(join(DEPLOY, 'kubernetes')).flatMap((name) =>
  parseAllDocuments(readFileSync(join(DEPLOY, 'kubernetes', name), 'utf8')).map((document) => {
    expect(document.errors).toEqual([])
    return document.toJS()
  }),
)
const ofKind = (kind: string): Tree => {
  const found = kubernetes.filter((entry) => entry.kind === kind)
  expect(found, kind).toHaveLength(1)
  return found[0]
}

describe('the Kubernetes manifests', () => {
  const deployment = ofKind('Deployment')
  const pod = deployment.spec.template.spec
  const [container] = pod.containers

  test('run two servers that survive a drained node and an upgrade', () => {
    const budget = ofKind('PodDisruptionBudget')
    expect(deployment.spec.replicas).toBeGreaterThan(budget.spec.minAvailable)
    expect(deployment.spec.strategy.rollingUpdate.maxUnavailable).toBe(0)
    // The server gives itself 20 seconds to stop.
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(20 + container.lifecycle.preStop.sleep.seconds)
  })

  test('name the same pods everywhere', () => {
    const { labels } = deployment.spec.template.metadata
    for (const selector of [
      deployment.spec.selector.matchLabels,
      ofKind('Service').spec.selector,
      ofKind('PodDisruptionBudget').spec.selector.matchLabels,
      ofKind('NetworkPolicy').spec.podSelector.matchLabels,
    ]) {
      expect(selector).toEqual(labels)
    }
  })

  test('lead to the port that the server listens on', () => {
    const [port] = container.ports
    expect(port.containerPort).toBe(Number(/^EXPOSE (\d+)$/m.exec(read('Dockerfile'))?.[1]))
    const [service] = ofKind('Service').spec.ports
    expect(service.targetPort).toBe(port.name)
    const [rule] = ofKind('Ingress').spec.rules
    expect(rule.http.paths[0].backend.service).toEqual({
      name: ofKind('Service').metadata.name,
      port: { name: service.name },
    })
    expect(ofKind('NetworkPolicy').spec.ingress[0].ports).toEqual([
      { protocol: 'TCP', port: port.containerPort },
    ])
    expect(`https://${rule.host}`).toBe(ofKind('ConfigMap').data.PUBLIC_URL)
  })

  test('ask for life without the database, and for readiness with it', () => {
    expect(container.livenessProbe.httpGet.path).toBe('/healthz')
    expect(container.startupProbe.httpGet.path).toBe('/healthz')
    expect(container.readinessProbe.httpGet.path).toBe('/readyz')
    const { periodSeconds, failureThreshold } = container.startupProbe
    // As long as a start may wait for another server that brings the tables up to date.
    expect(periodSeconds * failureThreshold).toBeGreaterThan(20 * 60)
  })

  test('let the server write nowhere but into /tmp, as nobody special', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 })
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(container.volumeMounts.filter(({ readOnly }: Tree) => !readOnly)).toEqual([
      { name: 'tmp', mountPath: '/tmp' },
    ])
  })

  test('give settings that exist, secrets as files', () => {
    const names = [...Object.keys(ofKind('ConfigMap').data), ...container.env.map(({ name }: Tree) => name)]
    expect(names.filter((name: string) => !isSetting(name))).toEqual([])
    for (const { name, value } of container.env) {
      expect(value).toBe(`/run/secrets/heap-import/${name.replace('_FILE', '')}`)
    }
  })
})

describe('compose.yaml', () => {
  const compose: Tree = parse(read('compose.yaml'))
  const { server } = compose.services

  test('gives settings that exist, and secrets as files that it has', () => {
    const names = Object.keys(server.environment)
    expect(names.filter((name) => !isSetting(name))).toEqual([])
    for (const service of Object.values<Tree>(compose.services)) {
      for (const name of service.secrets ?? []) expect(compose.secrets).toHaveProperty(name)
      for (const [name, value] of Object.entries<Tree>(service.environment ?? {})) {
        if (name.endsWith('_FILE'))
          expect(service.secrets).toContain(String(value).replace('/run/secrets/', ''))
      }
    }
  })

  test('bounds what each service may take, and lets the server write nowhere but into /tmp', () => {
    for (const service of Object.values<Tree>(compose.services)) {
      expect(service.deploy.resources.limits.memory).toBeTruthy()
    }
    expect(server).toMatchObject({ read_only: true, cap_drop: ['ALL'] })
    expect(server.volumes).toBeUndefined()
    expect(Number.parseInt(server.stop_grace_period, 10)).toBeGreaterThan(20)
  })
})

test('the systemd unit gives settings that exist, and runs what npm start runs', () => {
  const unit = readFileSync(join(DEPLOY, 'systemd/heap-import.service'), 'utf8')
  const names = [...unit.matchAll(/^Environment=(.+)$/gm)]
    .flatMap(([, line = '']) => line.split(' '))
    .map((entry) => entry.split('=')[0] ?? '')
  expect(names.filter((name) => !isSetting(name) && !['NODE_ENV', 'PATH'].includes(name))).toEqual([])
  expect(unit).toContain(`ExecStart=/usr/bin/env node server/main.ts`)
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(20)
})

test('the image runs as a user by number, and copies what exists', () => {
  const dockerfile = read('Dockerfile')
  expect(dockerfile).toMatch(/^USER \d+:\d+$/m)
  expect(dockerfile).not.toMatch(/^FROM (?!\$\{NODE_IMAGE\})/m)
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
    names.split(' '),
  )
  for (const name of copied) expect(readdirSync(ROOT)).toContain(name === '.' ? 'package.json' : name)
})

test('workflows run scripts that exist, with actions of a version and no more rights than they need', () => {
  for (const name of readdirSync(join(ROOT, '.github/workflows'))) {
    const text = read(`.github/workflows/${name}`)
    const workflow: Tree = parse(text)
    expect(workflow.permissions).toEqual({ contents: 'read' })
    for (const [, script = ''] of text.matchAll(/npm run ([\w:-]+)/g)) {
      expect(packageJson.scripts).toHaveProperty([script])
    }
    for (const [, action = ''] of text.matchAll(/uses: (\S+)/g)) expect(action).toMatch(/@v\d+$/)
  }
})
