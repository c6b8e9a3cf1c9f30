// S6: a pod runs and is not ready.
import type { AnyObject } from '../../kinds/object.ts'
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
import { type Found, objectOf, type Question, symptom } from './symptom.ts'
import type { View } from './view.ts'

const nodeOf = ({ spec }: AnyObject, view: View): AnyObject | undefined =>
  spec.nodeName ? view.find('nodes', undefined, spec.nodeName) : undefined

const unready = (pod: AnyObject): ContainerFacts | undefined =>
  containersOf(pod).find(each => !each.init && each.running && !each.ready)

/** A question about what the readiness probe last said. */
const about = (
  number: number,
  ask: (pod: AnyObject, container: ContainerFacts, message: string, view: View) => Found | undefined,
): Question<AnyObject> => ({
  number,
  ask(pod, view) {
    const container = unready(pod)
    const message = view.event(
      pod,
      'Unhealthy',
      /^Readiness probe (?:failed|errored)(?: and resulted in \w+ state)?: ?([\s\S]*)$/,
    )?.[1]
    return container && message !== undefined ? ask(pod, container, message.trim(), view) : undefined
  },
})

export const notReady = symptom({
  name: 'not-ready',
  has: (pod, view) => {
    const { kind, metadata, status } = pod
    if (kind !== 'Pod' || metadata.deletionTimestamp || status?.phase !== 'Running') return false
    const node = nodeOf(pod, view)
    return conditionOf(pod, 'Ready')?.status !== 'True' || (node !== undefined && !isReadyNode(node))
  },
  questions: [
    {
      number: 47,
      ask(pod, view) {
        const node = nodeOf(pod, view)
        if (!node || isReadyNode(node)) return undefined
        return {
          values: { node: node.metadata.name },
          shown: 'kubectl get nodes',
          about: [node],
          next: objectOf(node),
        }
      },
    },
    about(43, (pod, container, message, view) => {
      const code = /HTTP probe failed with statuscode: (\d+)/.exec(message)?.[1]
      if (!code) return undefined
      return {
        values: { path: container.spec.readinessProbe?.httpGet?.path ?? '/', code },
        shown: describe(pod),
        field: { object: pod, path: `${container.path}.readinessProbe.httpGet.path` },
        ...undo(pod, view),
      }
    }),
    about(44, (pod, container, message, view) => {
      if (!/connect: connection refused/.test(message)) return undefined
      const ports = view.listening(pod.status?.podIP ?? '')
      const probe = container.spec.readinessProbe ?? {}
      const how = ['httpGet', 'tcpSocket', 'grpc'].find(each => probe[each]) ?? 'httpGet'
      return {
        text: ports.length ? '44' : '44b',
        values: { port: String(probe[how]?.port ?? ''), ports: ports.map(String) },
        shown: getYaml(pod),
        field: { object: pod, path: `${container.path}.readinessProbe.${how}.port` },
        ...undo(pod, view),
      }
    }),
    about(45, (pod, container, message, view) => {
      const command: string[] | undefined = container.spec.readinessProbe?.exec?.command
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
        const gates: { conditionType: string }[] = pod.spec.readinessGates ?? []
        const index = gates.findIndex(each => conditionOf(pod, each.conditionType)?.status !== 'True')
        if (index < 0) return undefined
        return {
          values: { gate: gates[index]!.conditionType },
          shown: `kubectl get pod ${pod.metadata.name}${inNamespace(pod.metadata.namespace)} -o wide`,
          field: { object: pod, path: `spec.readinessGates[${index}]` },
        }
      },
    },
    about(45, (pod, container, message, view) => ({
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
