// Holds the world against tests/reference/timelines: runs the same commands at the same moments and compares, object by
// object, the states that each passes through (phases, conditions, counts, events), consecutive equal ones taken as one.
//   node scripts/timelines.ts [--only TEXT] [--show]
import { readdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { findKind } from '../src/kinds/index.ts'
import { World } from '../src/lesson/world.ts'
import { texts } from './lib/texts.ts'

const { values: options } = parseArgs({ options: { only: { type: 'string' }, show: { type: 'boolean' } } })
const folder = new URL('../tests/reference/timelines/', import.meta.url)

type Json = any
type States = Map<string, string[]>

const groups: Record<string, string> = {
  Deployment: 'apps',
  ReplicaSet: 'apps',
  StatefulSet: 'apps',
  DaemonSet: 'apps',
  ControllerRevision: 'apps',
  Job: 'batch',
  CronJob: 'batch',
  EndpointSlice: 'discovery.k8s.io',
  HorizontalPodAutoscaler: 'autoscaling',
  PodDisruptionBudget: 'policy',
  PriorityClass: 'scheduling.k8s.io',
}

function merge(target: Json, patch: Json): Json {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch
  const result = { ...(typeof target === 'object' && !Array.isArray(target) ? target : {}) }
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = merge(result[key], value)
  }
  return result
}

/** Names that were made up, by the order in which they came. */
class Names {
  readonly #known = new Map<string, string>()
  mask(kind: string, object: Json): string {
    const { name, generateName } = object.metadata
    const id = `${kind} ${object.metadata.namespace ?? ''}/${name}`
    let masked = this.#known.get(id)
    if (!masked) {
      const isMade = generateName && !/-\d+$/.test(name) // not a stateful set's
      const base = text(
        isMade ? generateName.replace(/-[bcdf-hj-np-tv-xz2456789]{8,10}-$/, '-<hash>-') : name,
      )
      const count = [...this.#known.values()].filter(v => v.startsWith(`${kind} ${base}#`)).length
      masked = isMade ? `${kind} ${base}#${count}` : `${kind} ${base}`
      this.#known.set(id, masked)
    }
    return masked
  }
}

const text = (message: string) =>
  message
    .replace(/-\d{8}\b/g, '-<minute>')
    .replace(/-[bcdf-hj-np-tv-xz2456789]{8,10}-[a-z0-9]{5}\b/g, '-<hash>-<id>')
    .replace(/\b(pod:? |pod\/|Pod |default\/)([a-z0-9-]+)-[a-z0-9]{5}\b/g, '$1$2-<id>')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<uid>')
    .replace(/\d+(\.\d+)?m?s\b/g, '<dur>')
    .replace(/20\.2\.\d+\.\d+/g, '<ip>')
    .replace(/Image size: \d+/, 'Image size: <n>')

function state(kind: string, object: Json): string {
  const { metadata, spec = {}, status = {} } = object
  const conditions = (status.conditions ?? []).map(
    (c: Json) => `${c.type}=${c.status}${c.reason ? `(${c.reason})` : ''}`,
  )
  const numbers = Object.entries(status)
    .filter(([key, v]) => typeof v === 'number' && key !== 'observedGeneration')
    .map(([k, v]) => `${k}:${v}`)
  const containers = (status.containerStatuses ?? []).map(
    (c: Json) =>
      `${c.name}:${Object.keys(c.state)[0]}${c.state.waiting?.reason ?? c.state.terminated?.reason ?? ''}/${c.ready}/${c.restartCount}`,
  )
  const endpoints = (object.endpoints ?? []).map(
    (e: Json) => `${e.conditions.ready}${e.conditions.serving ?? ''}${e.conditions.terminating ?? ''}`,
  )
  const subsets = (object.subsets ?? []).map(
    (s: Json) => `${s.addresses?.length ?? 0}+${s.notReadyAddresses?.length ?? 0}`,
  )
  const taints = (spec.taints ?? []).map((t: Json) => `${t.key}:${t.effect}`)
  return [
    kind === 'Pod' && spec.nodeName,
    status.phase,
    spec.replicas !== undefined && `spec:${spec.replicas}`,
    metadata.deletionTimestamp && 'deleting',
    spec.unschedulable && 'cordoned',
    status.reason,
    ...numbers.sort(),
    ...conditions.sort(),
    ...containers,
    ...endpoints.sort(),
    ...subsets,
    ...taints,
  ]
    .filter(Boolean)
    .join(' ')
}

class Recorder {
  readonly states: States = new Map()
  readonly #names = new Names()
  add(type: string, kind: string, object: Json): void {
    if (kind === 'Event') {
      const about = object.involvedObject
      const key = `Event ${about.kind} ${text(`pod/${about.name}`)}`
      const line = `${object.reason}: ${text(object.message)}`
      const list = this.states.get(key) ?? []
      if (!list.includes(line)) this.states.set(key, [...list, line])
      return
    }
    const key = this.#names.mask(kind, object)
    const list = this.states.get(key) ?? []
    const line = type === 'DELETED' ? 'gone' : state(kind, object)
    if (list.at(-1) !== line) list.push(line)
    this.states.set(key, list)
  }
}

function recorded(lines: Json[]): Recorder {
  const recorder = new Recorder()
  const objects = new Map<string, Json>()
  for (const { type, kind, name, object, diff } of lines) {
    if (
      !type ||
      (kind === 'Service' && name === 'kubernetes') ||
      (kind === 'Endpoints' && name === 'kubernetes')
    )
      continue
    const key = `${kind} ${name}`
    const current = object ?? merge(objects.get(key) ?? { metadata: { name } }, diff)
    objects.set(key, current)
    recorder.add(type, kind, current)
  }
  return recorder
}

function simulated(head: Json, lines: Json[]): Recorder {
  const world = new World({ seed: 1, texts, files: head.files ?? {} })
  const recorder = new Recorder()
  const client = world.cluster.client('observer')
  const kinds = [...new Set(lines.filter(l => l.type).map(l => l.kind as string))]
  for (const name of kinds) {
    const version = name === 'HorizontalPodAutoscaler' ? 'v2' : 'v1'
    const kind = findKind(groups[name] ?? '', version, name)
    if (!kind) continue
    const { group, plural } = kind.resource
    const resource = client.resource(
      `${plural}${group && `.${group}`}${version === 'v1' ? '' : `/${version}`}`,
    )
    const { resourceVersion } = resource.listWithVersion()
    resource.watch({ resourceVersion }, event => {
      const object = event.object as Json
      if (object.metadata?.namespace === 'kube-system') return
      if (event.type !== 'ERROR') recorder.add(event.type, name, object)
    })
  }
  const begun = world.engine.now
  for (const { t, run } of lines) {
    if (!run) continue
    const due = begun + t - world.engine.now
    if (due > 0) world.advance(due)
    const kubelet = /^(stop|start)-kubelet (\S+)/.exec(run)
    if (kubelet) {
      const found = world.cluster.kubelets.get(kubelet[2]!)!
      if (kubelet[1] === 'stop') found.stop()
      else found.start()
    } else world.run(run, { limitMs: 180_000 })
  }
  const end = Math.max(...lines.map(l => l.t)) + begun - world.engine.now
  if (end > 0) world.advance(end)
  return recorder
}

let total = 0
let matched = 0
for (const file of readdirSync(folder).sort()) {
  if (options.only && !file.includes(options.only)) continue
  const [head, ...lines] = readFileSync(new URL(file, folder), 'utf8')
    .trim()
    .split('\n')
    .map(l => JSON.parse(l))
  const wanted = recorded(lines).states
  let got: States = new Map()
  try {
    got = simulated(head, lines).states
  } catch (error) {
    console.log(`${file}: ${error instanceof Error ? error.stack : error}`)
  }
  let good = 0
  for (const [key, states] of wanted) {
    const ours = got.get(key) ?? []
    const same = key.startsWith('Event')
      ? [...states].sort().join('\n') === [...ours].sort().join('\n')
      : states.join('\n') === ours.join('\n')
    if (same) good++
    else if (options.show) {
      console.log(`✗ ${file} ${key}`)
      for (const line of states) if (!ours.includes(line)) console.log(`   - ${line}`)
      for (const line of ours) if (!states.includes(line)) console.log(`   + ${line}`)
    }
  }
  total += wanted.size
  matched += good
  console.log(`${file.padEnd(40)} ${good} / ${wanted.size}`)
}
console.log(`${'objects with the same states'.padEnd(40)} ${matched} / ${total}`)
