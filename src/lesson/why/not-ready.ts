// S6: a pod runs and is not ready.
import { isKind, type KubeObject } from '../../kinds/object.ts'
import type { Node, Pod } from '../../kinds/schema/types.ts'
import {
  type ContainerFacts,
  conditionOf,
  containersOf,
  describe,
  getYaml,
  inNamespace,
  undo,
} from './facts.ts'
import { isReadyNode } from './nodes.ts'
import { objectOf, questionsAbout, symptomOf } from './symptom.ts'
import type { View } from './view.ts'

const nodeOf = ({ spec }: Pod, view: View): Node | undefined =>
  spec.nodeName ? view.find('nodes', undefined, spec.nodeName) : undefined

/** It has its node, and nobody there has said that he took it up. */
const isUnheard = ({ spec, status }: Pod): boolean =>
  !!spec.nodeName && status.phase === 'Pending' && !status.startTime

const unready = (pod: Pod): ContainerFacts | undefined =>
  containersOf(pod).find(each => !each.init && each.running && !each.ready)

/** What the readiness probe of a container said last, where it failed. */
const probeSaid = (pod: Pod, view: View): string | undefined =>
  view
    .event(
      pod,
      'Unhealthy',
      /^Readiness probe (?:failed|errored)(?: and resulted in \w+ state)?: ?([\s\S]*)$/,
    )?.[1]
    ?.trim()

/** Nobody answered its probe, and by now somebody listens there: the next probe will find that. */
export function listensNow(pod: KubeObject, view: View): boolean {
  if (!isKind(pod, 'Pod')) return false
  const container = unready(pod)
  if (!container || !refusedIn.test(probeSaid(pod, view) ?? '')) return false
  const port = probedPort(container)
  return port !== undefined && view.listening(pod.status.podIP ?? '').includes(port)
}
const refusedIn = /connect: connection refused/

/** The handler of its readiness probe that asks the network. */
const handlerOf = ({ spec }: ContainerFacts) =>
  (['httpGet', 'tcpSocket', 'grpc'] as const).find(each => spec.readinessProbe?.[each]) ?? 'httpGet'

/** Its readiness probe names a port by number, or by name as the container does. */
function probedPort(container: ContainerFacts): number | undefined {
  const port = container.spec.readinessProbe?.[handlerOf(container)]?.port
  if (typeof port === 'number') return port
  return container.spec.ports?.find(each => each.name === port)?.containerPort
}

/** A question about what the readiness probe last said. */
const about = questionsAbout((pod: Pod, view) => {
  const container = unready(pod)
  const message = probeSaid(pod, view)
  return container && message !== undefined && !listensNow(pod, view) ? { container, message } : undefined
})

export const notReady = symptomOf('Pod', {
  name: 'not-ready',
  has: (pod, view) => {
    const { metadata, status } = pod
    if (metadata.deletionTimestamp) return false
    if (isUnheard(pod)) return true
    if (status.phase !== 'Running') return false
    const node = nodeOf(pod, view)
    return conditionOf(pod, 'Ready')?.status !== 'True' || (node !== undefined && !isReadyNode(node))
  },
  questions: [
    {
      number: 47,
      ask(pod, view) {
        const node = nodeOf(pod, view)
        const unheard = isUnheard(pod)
        if (!node || (isReadyNode(node) && !unheard)) return undefined
        return {
          text: unheard ? '47b' : '47',
          values: { node: node.metadata.name },
          shown: 'kubectl get nodes',
          about: [node],
          next: objectOf(node),
        }
      },
    },
    about(43, (pod, { container, message }, view) => {
      const code = /HTTP probe failed with statuscode: (\d+)/.exec(message)?.[1]
      if (!code) return undefined
      return {
        values: { path: container.spec.readinessProbe?.httpGet?.path ?? '/', code },
        shown: describe(pod),
        field: { object: pod, path: `${container.path}.readinessProbe.httpGet.path` },
        ...undo(pod, view),
      }
    }),
    about(44, (pod, { container, message }, view) => {
      const port = probedPort(container)
      if (!refusedIn.test(message) || port === undefined) return undefined
      const ports = view.listening(pod.status.podIP ?? '')
      return {
        text: ports.length ? '44' : '44b',
        values: { port, ports: ports.map(String) },
        shown: getYaml(pod),
        field: { object: pod, path: `${container.path}.readinessProbe.${handlerOf(container)}.port` },
        ...undo(pod, view),
      }
    }),
    about(45, (pod, { container, message }, view) => {
      const command = container.spec.readinessProbe?.exec?.command
      if (!command) return undefined
      const { name, namespace } = pod.metadata
      return {
        text: message ? '45' : '45b',
        values: { command: command.join(' '), message: firstLine(message) },
        shown: `kubectl exec ${name}${inNamespace(namespace)} -c ${container.name} -- ${command.map(quoted).join(' ')}`,
        field: { object: pod, path: `${container.path}.readinessProbe.exec.command` },
        ...undo(pod, view),
      }
    }),
    {
      number: 46,
      ask(pod) {
        if (conditionOf(pod, 'Ready')?.reason !== 'ReadinessGatesNotReady') return undefined
        const gates = pod.spec.readinessGates ?? []
        const index = gates.findIndex(each => conditionOf(pod, each.conditionType)?.status !== 'True')
        if (index < 0) return undefined
        return {
          values: { gate: gates[index]!.conditionType },
          shown: `kubectl get pod ${pod.metadata.name}${inNamespace(pod.metadata.namespace)} -o wide`,
          field: { object: pod, path: `spec.readinessGates[${index}]` },
        }
      },
    },
    about(45, (pod, { container, message }, view) => ({
      text: '45c',
      values: { message: firstLine(message) },
      shown: describe(pod),
      field: { object: pod, path: `${container.path}.readinessProbe` },
      ...undo(pod, view),
    })),
  ],
})

const firstLine = (message: string): string => message.split('\n')[0] ?? ''

/** As a shell wants a word. */
const quoted = (word: string): string =>
  /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
