// Two ways to the histories of a timeline's objects: out of the recording itself, and by running the recorded commands
// at the recorded moments in a world that begins at the same time of day.
import { readFileSync } from 'node:fs'
import type { WatchEvent } from '../../src/api/types.ts'
import { parseTime } from '../../src/engine/engine.ts'
import { kinds } from '../../src/kinds/index.ts'
import { World } from '../../src/lesson/world.ts'
import '../../src/parts/preload.ts'
import { factor, slackMs } from './compare.ts'
import { type History, Recorder } from './history.ts'

type Json = any

export interface Timeline {
  readonly files: Readonly<Record<string, string>>
  readonly lines: readonly Json[]
}

export function readTimeline(file: URL): Timeline {
  const [head, ...lines] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  return { files: head.files ?? {}, lines }
}

/** What is not the scenario's doing: the service of the API server itself. */
const isOfCluster = (kind: string, name: string) =>
  /^(Service|Endpoints|EndpointSlice)$/.test(kind) && name === 'kubernetes'

export function recorded({ lines }: Timeline): History[] {
  const recorder = new Recorder(seeds)
  const objects = new Map<string, Json>()
  for (const { t, type, kind, name, by, object, diff } of lines) {
    if (!type || isOfCluster(kind, name)) continue
    const key = `${kind} ${name}`
    const current = object ?? merge(objects.get(key) ?? seeded(key), diff)
    objects.set(key, current)
    recorder.add(t, type, current, by)
  }
  return recorder.histories
}

/** Objects that were there before the recording began: those of a fresh cluster. */
const seeds = new World({ seed: 1 }).cluster.client('observer').resource('nodes').list() as Json[]
const seeded = (key: string): Json =>
  seeds.find(node => `Node ${node.metadata.name}` === key) ?? { metadata: { name: key.split(' ')[1] } }

function merge(target: Json, patch: Json): Json {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch
  const result = { ...(typeof target === 'object' && !Array.isArray(target) ? target : {}) }
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = merge(result[key], value)
  }
  return result
}

export function simulated({ files, lines }: Timeline, seed = 1): History[] {
  const epoch = begin(lines)
  const world = new World({ seed, epoch, files })
  const recorder = new Recorder(seeds, endOf({ lines }))
  const { api, client } = world.cluster
  for (const name of new Set<string>(lines.filter(l => l.type).map(l => l.kind))) {
    const kind = kinds.find(k => k.kind === name)!
    const path = kind.group
      ? `/apis/${kind.group}/${kind.version}/${kind.plural}`
      : `/api/${kind.version}/${kind.plural}`
    const before = new Map<string, Json>()
    const observe = (event: WatchEvent) => {
      const object = event.object as Json
      const { uid, namespace } = object.metadata
      const by = writers(before.get(uid), object)
      before.set(uid, object)
      if (namespace === 'kube-system' || isOfCluster(name, object.metadata.name)) return
      recorder.add(world.engine.now - epoch, event.type, object, by)
    }
    const { items, metadata } = client('observer').call({ method: 'GET', path, managedFields: true })
    for (const item of items) before.set(item.metadata.uid, item)
    const query = { watch: 'true', resourceVersion: metadata.resourceVersion }
    api.watch({ method: 'GET', path, query, managedFields: true }, observe)
  }
  for (const { t, run } of lines) {
    if (!run) continue
    world.advance(t - (world.engine.now - epoch))
    const [, what, node] = /^(stop|start)-kubelet (\S+)/.exec(run) ?? []
    if (!node) world.run(run, { limitMs: 180_000 })
    else if (what === 'stop') world.inject({ type: 'kubelet-stopped', node })
    else world.repair({ type: 'kubelet-stopped', node })
  }
  const end = endOf({ lines })
  const last = Math.max(...lines.map(l => (l.run ? l.t : 0)))
  world.advance(end + Math.max(slackMs, (end - last) * (factor - 1)) - (world.engine.now - epoch))
  return recorder.histories
}

/** The last moment of a recording. */
export const endOf = ({ lines }: Pick<Timeline, 'lines'>): number => Math.max(...lines.map(l => l.t))

/** When a recording began: in the middle of what the creation times of its objects, in whole seconds, allow. */
function begin(lines: readonly Json[]): number {
  const starts = lines
    .filter(l => l.type === 'ADDED' && l.object)
    .map(l => parseTime(l.object.metadata.creationTimestamp) - l.t)
  return Math.round((Math.max(...starts) + Math.min(...starts) + 1000) / 2)
}

/** The field managers whose entry is new or another than before; the recordings do not name those whose entry went. */
function writers(before: Json, after: Json): string[] {
  const entries = (object: Json): Map<string, string> =>
    new Map(
      (object?.metadata.managedFields ?? []).map((e: Json) => [
        e.manager + (e.subresource ? ` (${e.subresource})` : ''),
        JSON.stringify(e),
      ]),
    )
  const [old, now] = [entries(before), entries(after)]
  return [...now.keys()].filter(name => old.get(name) !== now.get(name))
}
