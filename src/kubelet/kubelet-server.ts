// The kubelet's HTTP server as `kubectl get --raw /api/v1/nodes/NAME/proxy/…` reaches it (pkg/kubelet/server/server.go):
// health, pods, statistics, metrics and the logs of the node. Left out: /exec and its like (the API server asks for those
// itself), profiling, and what cAdvisor measures beyond CPU and memory.
import { formatTime, parseTime } from '../engine/engine.ts'
import type { HttpRequest, HttpResponse } from '../engine/network.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { Pod } from '../kinds/schema/types.ts'
import type { Kubelet } from './kubelet.ts'
import { quantityValue } from './resources.ts'

type Request = Omit<HttpRequest, 'from'>
type Route = (kubelet: Kubelet, path: string) => HttpResponse | undefined

const answer = (status: number, body: string, type = 'text/plain; charset=utf-8'): HttpResponse => ({
  status,
  headers: { 'content-type': type },
  body,
})
const json = (value: unknown): HttpResponse => answer(200, JSON.stringify(value), 'application/json')
const notFound = answer(404, '404 page not found\n')

export function kubeletServer(kubelet: Kubelet, { method, path }: Request): HttpResponse {
  const asked = path.split('?')[0]!
  if (method !== 'GET' && method !== 'HEAD') return answer(405, '405: Method Not Allowed')
  const found = Object.keys(routes)
    .filter(prefix => asked === prefix || asked.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`))
    .sort((a, b) => b.length - a.length)[0]
  return (found !== undefined && routes[found]!(kubelet, asked.slice(found.length))) || notFound
}

const routes: Readonly<Record<string, Route>> = {
  '/healthz': (_, rest) =>
    ['', '/ping', '/log', '/syncloop'].includes(rest) ? answer(200, 'ok') : undefined,
  '/pods': kubelet => json(podList(podsOf(kubelet))),
  '/runningpods': kubelet =>
    json(podList(podsOf(kubelet).filter(({ status }) => status.phase === 'Running'))),
  '/stats/summary': kubelet => json(summary(kubelet)),
  '/metrics': (kubelet, rest) => (rest === '' ? answer(200, metrics(kubelet)) : undefined),
  '/metrics/resource': kubelet => answer(200, resourceMetrics(kubelet)),
  '/metrics/cadvisor': kubelet => answer(200, cadvisorMetrics(kubelet)),
  '/metrics/probes': () => answer(200, ''),
  '/configz': kubelet => json({ kubeletconfig: configuration(kubelet) }),
  '/logs': logs,
  '/containerLogs/': containerLog,
}

const podsOf = (kubelet: Kubelet): Pod[] =>
  [...kubelet.workers].map(({ pod, status }) => ({ ...pod, status: status.current }))

const podList = (items: readonly Pod[]) => ({ kind: 'PodList', apiVersion: 'v1', metadata: {}, items })

interface Used {
  readonly cpu: number
  readonly memory: number
}

const totalOf = (used: Iterable<Used>): Used => {
  const sum = { cpu: 0, memory: 0 }
  for (const { cpu, memory } of used) {
    sum.cpu += cpu
    sum.memory += memory
  }
  return sum
}

/** Running pods and what their containers use. */
const usages = (kubelet: Kubelet) =>
  podsOf(kubelet)
    .filter(({ status }) => status.phase === 'Running')
    .map(pod => ({ pod, used: kubelet.usage?.(pod) ?? new Map<string, Used>() }))

/** The machine itself takes some, too. */
const system: Used = { cpu: 45, memory: 700 * 2 ** 20 }

const nodeUsage = (kubelet: Kubelet): Used =>
  totalOf([system, ...usages(kubelet).flatMap(({ used }) => [...used.values()])])

const seconds = (from: string | undefined, now: number): number =>
  from === undefined ? 0 : Math.max(0, (now - parseTime(from)) / 1000)

function summary(kubelet: Kubelet) {
  const { now } = kubelet.engine
  const time = formatTime(now)
  const memoryOf = ({ memory }: Used) => ({
    time,
    usageBytes: Math.round(memory),
    workingSetBytes: Math.round(memory),
    rssBytes: Math.round(memory * 0.8),
  })
  const cpuOf = ({ cpu }: Used, since: string | undefined) => ({
    time,
    usageNanoCores: Math.round(cpu * 1e6),
    usageCoreNanoSeconds: Math.round(cpu * 1e6 * seconds(since, now)),
  })
  const node = nodeUsage(kubelet)
  const capacity = quantityValue(kubelet.facts.allocatable.memory ?? '0')
  const started = formatTime(kubelet.engine.epoch - 480_000)
  return {
    node: {
      nodeName: kubelet.name,
      startTime: started,
      cpu: cpuOf(node, started),
      memory: { ...memoryOf(node), availableBytes: Math.round(capacity - node.memory) },
    },
    pods: usages(kubelet).map(({ pod, used }) => {
      const { name, namespace, uid } = pod.metadata
      const { startTime } = pod.status
      const all = totalOf(used.values())
      return {
        podRef: { name, namespace, uid },
        startTime,
        containers: [...used].map(([container, each]) => ({
          name: container,
          startTime,
          cpu: cpuOf(each, startTime),
          memory: memoryOf(each),
        })),
        cpu: cpuOf(all, startTime),
        memory: memoryOf(all),
      }
    }),
  }
}

const metric = (name: string, type: string, help: string, lines: readonly string[]): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.map(line => `${name}${line}\n`).join('')}`

const labels = (values: Readonly<Record<string, string>>): string =>
  `{${Object.entries(values)
    .map(([key, value]) => `${key}="${value}"`)
    .join(',')}}`

function metrics(kubelet: Kubelet): string {
  const pods = podsOf(kubelet)
  const states = new Map([
    ['created', 0],
    ['exited', 0],
    ['running', 0],
  ])
  for (const { runtime } of kubelet.workers)
    for (const { state } of runtime.snapshot().containers) states.set(state, (states.get(state) ?? 0) + 1)
  const running = pods.filter(({ status }) => status.phase === 'Running').length
  return [
    metric('kubelet_node_name', 'gauge', "[ALPHA] The node's name. The count is always 1.", [
      `${labels({ node: kubelet.name })} 1`,
    ]),
    metric(
      'kubelet_running_containers',
      'gauge',
      '[ALPHA] Number of containers currently running',
      [...states].filter(([, n]) => n).map(([state, n]) => `${labels({ container_state: state })} ${n}`),
    ),
    metric('kubelet_running_pods', 'gauge', '[ALPHA] Number of pods that have a running pod sandbox', [
      ` ${running}`,
    ]),
    metric('process_start_time_seconds', 'gauge', 'Start time of the process since unix epoch in seconds.', [
      ` ${(kubelet.engine.epoch - 480_000) / 1000}`,
    ]),
  ].join('')
}

function resourceMetrics(kubelet: Kubelet): string {
  const now = Math.round(kubelet.engine.now)
  const node = nodeUsage(kubelet)
  const all = usages(kubelet)
  const of = ({ metadata }: KubeObject, container?: string) =>
    labels({ ...(container && { container }), namespace: metadata.namespace ?? '', pod: metadata.name })
  const cpu = ({ cpu }: Used, since?: string) => ((cpu / 1000) * seconds(since, now)).toFixed(6)
  const memory = ({ memory }: Used) => String(Math.round(memory))
  const started = formatTime(kubelet.engine.epoch - 480_000)
  const cpuHelp = (of: string) => `[STABLE] Cumulative cpu time consumed by the ${of} in core-seconds`
  const memoryHelp = (of: string) => `[STABLE] Current working set of the ${of} in bytes`
  return [
    metric(
      'container_cpu_usage_seconds_total',
      'counter',
      cpuHelp('container'),
      all.flatMap(({ pod, used }) =>
        [...used].map(([name, each]) => `${of(pod, name)} ${cpu(each, pod.status.startTime)} ${now}`),
      ),
    ),
    metric(
      'container_memory_working_set_bytes',
      'gauge',
      memoryHelp('container'),
      all.flatMap(({ pod, used }) =>
        [...used].map(([name, each]) => `${of(pod, name)} ${memory(each)} ${now}`),
      ),
    ),
    metric('node_cpu_usage_seconds_total', 'counter', cpuHelp('node'), [` ${cpu(node, started)} ${now}`]),
    metric('node_memory_working_set_bytes', 'gauge', memoryHelp('node'), [` ${memory(node)} ${now}`]),
    metric(
      'pod_cpu_usage_seconds_total',
      'counter',
      cpuHelp('pod'),
      all.map(({ pod, used }) => `${of(pod)} ${cpu(totalOf(used.values()), pod.status.startTime)} ${now}`),
    ),
    metric(
      'pod_memory_working_set_bytes',
      'gauge',
      memoryHelp('pod'),
      all.map(({ pod, used }) => `${of(pod)} ${memory(totalOf(used.values()))} ${now}`),
    ),
  ].join('')
}

function cadvisorMetrics(kubelet: Kubelet): string {
  const { cpu = '2', memory = '0' } = kubelet.facts.allocatable
  return [
    metric('machine_cpu_cores', 'gauge', 'Number of logical CPU cores.', [` ${quantityValue(cpu)}`]),
    metric('machine_memory_bytes', 'gauge', 'Amount of memory installed on the machine.', [
      ` ${quantityValue(memory)}`,
    ]),
    resourceMetrics(kubelet)
      .split(/(?=# HELP )/)
      .filter(each => each.startsWith('# HELP container_'))
      .join(''),
  ].join('')
}

const configuration = ({ clusterDns, name }: Kubelet) => ({
  hostnameOverride: name,
  staticPodPath: '/etc/kubernetes/manifests',
  syncFrequency: '1m0s',
  nodeStatusUpdateFrequency: '10s',
  nodeStatusReportFrequency: '5m0s',
  nodeLeaseDurationSeconds: 40,
  clusterDomain: clusterDns.domain,
  clusterDNS: [clusterDns.address],
  maxPods: 110,
  port: 10250,
  healthzPort: 10248,
})

/** /var/log of the node: a list of links, or a file. */
function logs({ files }: Kubelet, rest: string): HttpResponse | undefined {
  const path = `/var/log${rest}`.replace(/\/+$/, '') || '/var/log'
  if (!files.exists(path)) return answer(404, '404 page not found\n')
  if (files.stat(path).type !== 'directory') return answer(200, files.read(path))
  const entries = files
    .list(path)
    .map(name => (files.stat(`${path}/${name}`).type === 'directory' ? `${name}/` : name))
    .sort()
  const links = entries.map(name => `<a href="${name}">${name}</a>\n`)
  return answer(
    200,
    `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${links.join('')}</pre>\n`,
    'text/html; charset=utf-8',
  )
}

function containerLog(kubelet: Kubelet, rest: string): HttpResponse | undefined {
  const [namespace, name, container = ''] = rest.split('/')
  const worker = [...kubelet.workers].find(
    ({ pod }) => pod.metadata.namespace === namespace && pod.metadata.name === name,
  )
  if (!worker) return answer(404, `pod ${JSON.stringify(name)} does not exist\n`)
  const found = kubelet.connector.logs(worker.pod, container, {})
  return 'text' in found ? answer(200, found.text) : answer(400, found.failure.message)
}
