// What the objects of one file mean to each other, where they contradict: no server complains about these.
import type { KubeObject } from '../kinds/object.ts'
import type { PathStep } from '../yaml/position.ts'
import type { Classified } from './classify.ts'
import type { Diagnostic } from './diagnostic.ts'
import { formatPath, type Source } from './source.ts'

/** An object of the file and where it is. */
export interface Placed {
  /** Nothing of its spec is sure. */
  readonly value: KubeObject & { readonly spec?: unknown }
  readonly source: Source
  readonly path: readonly PathStep[]
}

export function crossChecks(objects: readonly Placed[]): Diagnostic[] {
  return [...duplicates(objects), ...services(objects)]
}

const warn = (at: Placed, what: Classified, field: readonly PathStep[], message: string): Diagnostic => ({
  severity: 'warning',
  ...what,
  path: formatPath([...at.path, ...field]),
  ...at.source.field([...at.path, ...field]),
  message,
})

function* duplicates(objects: readonly Placed[]): Generator<Diagnostic> {
  const seen = new Map<string, Placed>()
  for (const object of objects) {
    const { kind, metadata, apiVersion } = object.value
    const name = metadata?.name
    if (typeof name !== 'string' || !name) continue
    const group = String(apiVersion).replace(/\/?[^/]*$/, '')
    const identity = JSON.stringify([group, kind, metadata.namespace ?? '', name])
    const first = seen.get(identity)
    if (first) {
      const line = first.source.field([...first.path, 'metadata', 'name']).line
      const message = `${kind} ${JSON.stringify(name)} is defined twice`
      yield warn(
        object,
        { code: 'duplicate-object', params: { kind, name, line } },
        ['metadata', 'name'],
        message,
      )
    } else seen.set(identity, object)
  }
}

type Labels = Record<string, unknown>

interface Workload {
  readonly namespace: string
  readonly labels: Labels
  readonly ports: readonly { name?: unknown; containerPort?: unknown }[]
}

const asObject = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Pods, and the pod templates of whatever has one. */
function workload({ value }: Placed): Workload | undefined {
  const spec = asObject(value.spec)
  const template = asObject(
    spec.containers ? value : (spec.template ?? asObject(asObject(spec.jobTemplate).spec).template),
  )
  if (!template.spec) return undefined
  return {
    namespace: String(value.metadata?.namespace ?? ''),
    labels: asObject(asObject(template.metadata).labels),
    ports: asArray(asObject(template.spec).containers).flatMap(container =>
      asArray(asObject(container).ports).map(asObject),
    ),
  }
}

/** A Service in a file with workloads is most likely meant for one of them. */
function* services(objects: readonly Placed[]): Generator<Diagnostic> {
  const workloads = objects.flatMap(object => workload(object) ?? [])
  if (!workloads.length) return
  for (const object of objects) {
    const { value } = object
    const selector = asObject(asObject(value.spec).selector)
    if (value.kind !== 'Service' || !Object.keys(selector).length) continue
    const namespace = String(value.metadata?.namespace ?? '')
    const chosen = workloads.filter(
      w =>
        w.namespace === namespace &&
        Object.entries(selector).every(([key, label]) => w.labels[key] === label),
    )
    const name = String(value.metadata?.name ?? '')
    const text = Object.entries(selector)
      .map(([key, label]) => `${key}=${label}`)
      .join(',')
    if (!chosen.length) {
      const message = `no pod template in this file has the labels ${text}`
      yield warn(
        object,
        { code: 'service-selects-nothing', params: { name, selector: text } },
        ['spec', 'selector'],
        message,
      )
      continue
    }
    for (const [i, port] of asArray(asObject(value.spec).ports).map(asObject).entries()) {
      const target = port.targetPort
      if (typeof target !== 'string' || chosen.some(w => w.ports.some(p => p.name === target))) continue
      const message = `no container port in this file is called ${JSON.stringify(target)}`
      yield warn(
        object,
        { code: 'service-port-nowhere', params: { name, port: target } },
        ['spec', 'ports', i, 'targetPort'],
        message,
      )
    }
  }
}
