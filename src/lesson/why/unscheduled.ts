// S1: a pod has no node.
import { selects } from '../../kinds/machinery/labels.ts'
import { matchesTerm, requiredNodeAffinity } from '../../kinds/machinery/node-matching.ts'
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  subtractQuantities,
} from '../../kinds/machinery/quantity.ts'
import { containerRequests } from '../../kinds/pod-spec/resources.ts'
import type { Container, Node, Pod, PodAffinityTerm } from '../../kinds/schema/types.ts'
import {
  conditionOf,
  containersOf,
  describe,
  getAll,
  getField,
  getYaml,
  hasTemplate,
  isOver,
  labelsText,
  target,
  topOwner,
} from './facts.ts'
import { effectOn, isReadyNode, taintText, workersOf } from './nodes.ts'
import { type Found, objectOf, type Question, symptomOf } from './symptom.ts'
import type { View } from './view.ts'

/** The scheduler that every cluster has. */
const usual = 'default-scheduler'

/** What the scheduler says of a pod that it found no place for. */
const saying = (pod: Pod): string => {
  const scheduled = conditionOf(pod, 'PodScheduled')
  return scheduled?.status === 'False' ? (scheduled.message ?? '') : ''
}

export const unscheduled = symptomOf('Pod', {
  name: 'unscheduled',
  several: true,
  has: ({ spec, status, metadata }) =>
    !spec.nodeName && !metadata.deletionTimestamp && status.phase === 'Pending',
  questions: triedAgain([
    {
      number: 1,
      ask(pod) {
        const gates = pod.spec.schedulingGates ?? []
        if (!gates.length) return undefined
        const gate = gates.map(each => each.name)
        return {
          values: { pod: pod.metadata.name, gate },
          shown: getYaml(pod),
          field: { object: pod, path: 'spec.schedulingGates' },
        }
      },
    },
    {
      number: 2,
      ask(pod) {
        const { schedulerName: name = usual } = pod.spec
        if (name === usual || conditionOf(pod, 'PodScheduled')?.message) return undefined
        const field = { object: pod, path: 'spec.schedulerName' }
        return { values: { name }, shown: getField(pod, 'spec.schedulerName'), field }
      },
    },
    {
      number: 3,
      ask(pod, view) {
        const claim = /persistentvolumeclaim "(.+?)" not found/.exec(saying(pod))?.[1]
        if (!claim || view.find('persistentvolumeclaims', pod.metadata.namespace, claim)) return undefined
        const field = { object: pod, path: `${volumeOf(pod, claim)}.persistentVolumeClaim.claimName` }
        return {
          values: { claim },
          shown: getAll('pvc', pod),
          field,
          missing: `persistentvolumeclaim/${claim}`,
        }
      },
    },
    {
      number: 4,
      ask(pod, view) {
        if (!/unbound immediate PersistentVolumeClaims/.test(saying(pod))) return undefined
        const claims = claimsOf(pod).flatMap(
          name => view.find('persistentvolumeclaims', pod.metadata.namespace, name) ?? [],
        )
        const claim = claims.find(each => each.status.phase !== 'Bound')
        if (!claim) return undefined
        return {
          values: { claim: claim.metadata.name },
          shown: describe(claim),
          about: [claim],
          next: objectOf(claim),
        }
      },
    },
    { number: 5, ask: (pod, view) => tooLittle(pod, view, true) },
    { number: 6, ask: (pod, view) => tooLittle(pod, view, false) },
    {
      number: 7,
      ask(pod, view) {
        if (!/untolerated taint/.test(saying(pod))) return undefined
        const tainted = workersOf(view).filter(node => effectOn(node, pod.spec))
        const silent = tainted.find(node => !isReadyNode(node))
        const [first] = tainted
        if (!first) return undefined
        const taint = effectOn(first, pod.spec)!
        const same = tainted.filter(each => taintText(effectOn(each, pod.spec)!) === taintText(taint))
        const names = same.map(each => each.metadata.name)
        return {
          values: { nodes: names, taint: taintText(taint) },
          shown: `kubectl describe node ${first.metadata.name}`,
          about: same,
          next: objectOf(silent),
        }
      },
    },
    {
      number: 8,
      ask(pod, view) {
        if (!/unschedulable/.test(saying(pod))) return undefined
        const nodes = view.list('nodes').filter(each => each.spec.unschedulable)
        if (!nodes.length) return undefined
        const names = nodes.map(each => each.metadata.name)
        return {
          values: { nodes: names },
          shown: 'kubectl get nodes',
          cure: `kubectl uncordon ${names.join(' ')}`,
          about: nodes,
        }
      },
    },
    {
      number: 9,
      ask(pod, view) {
        if (!/didn't match Pod's node affinity\/selector/.test(saying(pod))) return undefined
        const wanted = missingLabel(pod, view)
        if (!wanted) return undefined
        const { label, path } = wanted
        return { values: { label }, shown: 'kubectl get nodes --show-labels', field: { object: pod, path } }
      },
    },
    {
      number: 10,
      ask(pod, view) {
        if (!/didn't match pod anti-affinity rules/.test(saying(pod))) return undefined
        const list = 'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution'
        const terms = pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
        for (const [index, term] of terms.entries()) {
          const beside = matching(pod, term, view)
          if (!beside.length) continue
          const places = new Set(beside.map(each => topologyOf(each, term.topologyKey, view)))
          return {
            values: {
              topology: term.topologyKey,
              n: places.size,
              pods: beside.map(each => each.metadata.name),
            },
            shown: `${getAll('pods', pod)} -o wide -l ${labelsText(term.labelSelector?.matchLabels)}`,
            about: beside,
            field: { object: pod, path: `${list}[${index}]` },
          }
        }
        return undefined
      },
    },
    {
      number: 11,
      ask(pod, view) {
        if (!/didn't match pod affinity rules/.test(saying(pod))) return undefined
        const list = 'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution'
        const terms = pod.spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
        const index = terms.findIndex(term => !matching(pod, term, view).length)
        if (index < 0) return undefined
        const sel = labelsText(terms[index]!.labelSelector?.matchLabels)
        return {
          values: { sel },
          shown: `${getAll('pods', pod)} -l ${sel}`,
          field: { object: pod, path: `${list}[${index}].labelSelector` },
        }
      },
    },
    {
      number: 12,
      ask(pod, view) {
        if (!/didn't have free ports for the requested pod ports/.test(saying(pod))) return undefined
        for (const { spec, path } of containersOf(pod))
          for (const [index, { hostPort }] of (spec.ports ?? []).entries()) {
            if (!hostPort) continue
            const holders = view
              .list('pods')
              .filter(
                each =>
                  each.spec.nodeName && containersOf(each).some(other => usesPort(other.spec, hostPort)),
              )
            return {
              values: { port: hostPort, pods: holders.map(each => each.metadata.name) },
              shown: 'kubectl get pods -A -o wide',
              about: holders,
              field: { object: pod, path: `${path}.ports[${index}].hostPort` },
            }
          }
        return undefined
      },
    },
    {
      number: 13,
      ask(pod) {
        if (!/didn't match pod topology spread constraints/.test(saying(pod))) return undefined
        const constraints = pod.spec.topologySpreadConstraints ?? []
        const index = constraints.findIndex(each => each.whenUnsatisfiable === 'DoNotSchedule')
        if (index < 0) return undefined
        return {
          values: { n: constraints[index]!.maxSkew },
          shown: `${getAll('pods', pod)} -o wide`,
          field: { object: pod, path: `spec.topologySpreadConstraints[${index}].maxSkew` },
        }
      },
    },
  ]),
})

/** What the scheduler has found no place for it takes up again by itself; what it has never seen (1, 2) it does not. */
function triedAgain(questions: readonly Ask[]): readonly Ask[] {
  return questions.map(({ number, ask }) => ({
    number,
    ask(pod, view) {
      const found = ask(pod, view)
      return found && number > 2 ? { ...found, follows: { text: 'schedulesAgain' } } : found
    },
  }))
}

interface Ask extends Question<Pod> {
  ask(pod: Pod, view: View): Found | undefined
}

// ---- resources

function tooLittle(pod: Pod, view: View, everywhere: boolean): Found | undefined {
  const resource = /Insufficient ([^\s.,]+)/.exec(saying(pod))?.[1]
  const need = resource && containerRequests(pod.spec)[resource]
  if (!resource || need === undefined) return undefined
  const mayUse = requiredNodeAffinity(pod.spec) ?? (() => true)
  const nodes = workersOf(view).filter(
    node => !effectOn(node, pod.spec) && !node.spec.unschedulable && mayUse(node),
  )
  const rooms = nodes.map(node => roomOn(node, resource, view))
  const [largest] = [...rooms].sort((a, b) => compareQuantities(b.cap, a.cap))
  const [freest] = [...rooms].sort((a, b) => compareQuantities(b.free, a.free))
  if (!largest || !freest || compareQuantities(need, largest.cap) > 0 !== everywhere) return undefined
  const owner = topOwner(pod, view)
  const container = containersOf(pod).find(each => each.spec.resources?.requests?.[resource])
  const field = container && {
    object: pod,
    path: `${container.path}.resources.requests[${resource}]`,
  }
  const room = everywhere ? largest : freest
  return {
    values: {
      need: `${resource} ${need}`,
      node: room.node.metadata.name,
      used: room.used,
      cap: room.cap,
      free: room.free,
    },
    shown: `kubectl describe node ${room.node.metadata.name}`,
    // What fits is for the reader to say: the command stands there with the room that there is.
    ...(!everywhere &&
      hasTemplate(owner) &&
      compareQuantities(freest.free, '0') > 0 &&
      container && {
        cure: `kubectl set resources ${target(owner)} -c ${container.name} --requests=${resource}=${freest.free}`,
      }),
    about: [room.node],
    field,
  }
}

function roomOn(node: Node, resource: string, view: View) {
  const cap = String(node.status.allocatable?.[resource] ?? '0')
  let used = parseQuantity('0')
  for (const pod of view.list('pods')) {
    if (pod.spec.nodeName !== node.metadata.name || isOver(pod)) continue
    used = addQuantities(used, parseQuantity(containerRequests(pod.spec)[resource]))
  }
  const free = subtractQuantities(parseQuantity(cap), used)
  return { node, cap, used: formatQuantity(used), free: formatQuantity(free) }
}

// ---- labels, places

const claimsOf = (pod: Pod): string[] =>
  (pod.spec.volumes ?? []).flatMap(each => each.persistentVolumeClaim?.claimName ?? [])

const volumeOf = (pod: Pod, claim: string): string =>
  `spec.volumes[${(pod.spec.volumes ?? []).findIndex(each => each.persistentVolumeClaim?.claimName === claim)}]`

/** A label that the pod asks of its node, and that no node has. */
function missingLabel({ spec }: Pod, view: View): { label: string; path: string } | undefined {
  const nodes = view.list('nodes')
  for (const [key, value] of Object.entries(spec.nodeSelector ?? {}))
    if (!nodes.some(node => node.metadata.labels?.[key] === value))
      return { label: `${key}=${value}`, path: `spec.nodeSelector[${key}]` }
  const list = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms'
  const terms =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  for (const [index, term] of terms.entries())
    for (const each of term.matchExpressions ?? [])
      if (!nodes.some(node => matchesTerm({ matchExpressions: [each] }, node)))
        return {
          label: `${each.key}${each.values ? `=${each.values.join('|')}` : ''}`,
          path: `${list}[${index}]`,
        }
  return undefined
}

/** The pods with a node that a term of (anti-)affinity speaks of. */
function matching(pod: Pod, term: PodAffinityTerm, view: View): Pod[] {
  const namespaces = term.namespaces ?? [pod.metadata.namespace ?? '']
  return view
    .list('pods')
    .filter(
      ({ metadata, spec }) =>
        spec.nodeName &&
        metadata.uid !== pod.metadata.uid &&
        namespaces.includes(metadata.namespace ?? '') &&
        selects(term.labelSelector, metadata.labels),
    )
}

const topologyOf = ({ spec }: Pod, key: string, view: View): string =>
  view.find('nodes', undefined, spec.nodeName ?? '')?.metadata.labels?.[key] ?? ''

const usesPort = ({ ports = [] }: Container, hostPort: number): boolean =>
  ports.some(each => each.hostPort === hostPort)
