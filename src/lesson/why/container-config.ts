// S4: a container is not made: what it is to be given, or what is to be mounted, is not there.
import { isKind, type KubeObject } from '../../kinds/object.ts'
import type { Pod } from '../../kinds/schema/types.ts'
import { type ContainerFacts, containersOf, describe, getAll, inNamespace } from './facts.ts'
import { type Field, type Found, symptomOf } from './symptom.ts'
import type { View } from './view.ts'

const refused = (pod: Pod): ContainerFacts | undefined =>
  containersOf(pod).find(({ waiting }) => waiting?.reason === 'CreateContainerConfigError')

const isCreating = ({ metadata, spec, status }: Pod): boolean =>
  !metadata.deletionTimestamp && !!spec.nodeName && status.phase === 'Pending'

/** What the kubelet could not mount, and why. */
function unmounted(pod: Pod, view: View): { volume: string; why: string } | undefined {
  if (containersOf(pod).some(each => each.running || each.terminated || each.restarts)) return undefined
  const found = view.event(pod, 'FailedMount', /for volume "(.+?)" : ([\s\S]+)$/)
  return found && { volume: found[1]!, why: found[2]! }
}

export const containerConfig = symptomOf('Pod', {
  name: 'container-config',
  has: (pod, view) => isCreating(pod) && (refused(pod) !== undefined || unmounted(pod, view) !== undefined),
  questions: [
    {
      number: 29,
      ask(pod, view) {
        const container = refused(pod)
        const found = /couldn't find key (.+?) in (ConfigMap|Secret) (.+?)\/(.+)/.exec(
          container?.waiting?.message ?? '',
        )
        if (!container || !found) return undefined
        const [, key = '', kind = '', namespace = '', name = ''] = found
        const source = view.findKind(kind, namespace, name)
        const field = envField(pod, container, name, key)
        return {
          values: { kind, name, key, keys: keysOf(source) },
          shown: `kubectl get ${words[kind]} ${name}${inNamespace(namespace)} -o yaml`,
          ...(source && { about: [source] }),
          field,
          follows: { text: 'looksAgain' },
        }
      },
    },
    {
      number: 30,
      ask(pod) {
        const container = refused(pod)
        const found = /(configmap|secret) "(.+?)" not found/.exec(container?.waiting?.message ?? '')
        if (!container || !found) return undefined
        const [, word = '', name = ''] = found
        return {
          values: { kind: kinds[word]!, name },
          shown: getAll('cm,secret', pod),
          field: envField(pod, container, name),
          missing: `${word}/${name}`,
          follows: { text: 'looksAgain' },
        }
      },
    },
    {
      number: 31,
      ask(pod, view) {
        const failed = unmounted(pod, view)
        const found = /(configmap|secret) "(.+?)" not found/.exec(failed?.why ?? '')
        if (!failed || !found) return undefined
        const [, word = '', name = ''] = found
        return {
          values: { volume: failed.volume, kind: kinds[word]!, name },
          shown: describe(pod),
          field: volumeField(pod, failed.volume, word === 'secret' ? 'secret.secretName' : 'configMap.name'),
          missing: `${word}/${name}`,
          follows: { text: 'mountsAgain' },
        }
      },
    },
    {
      number: 32,
      ask(pod, view): Found | undefined {
        const failed = unmounted(pod, view)
        const key = /references non-existent (?:config|secret) key: (\S+)/.exec(failed?.why ?? '')?.[1]
        if (!failed || !key) return undefined
        const volume = (pod.spec.volumes ?? []).find(each => each.name === failed.volume)
        const kind = volume?.configMap ? 'ConfigMap' : 'Secret'
        const name = volume?.configMap?.name ?? volume?.secret?.secretName ?? ''
        const source = view.findKind(kind, pod.metadata.namespace, name)
        return {
          values: { volume: failed.volume, key, name, keys: keysOf(source) },
          shown: `kubectl get ${words[kind]} ${name}${inNamespace(pod.metadata.namespace)} -o yaml`,
          ...(source && { about: [source] }),
          field: volumeField(pod, failed.volume, `${kind === 'Secret' ? 'secret' : 'configMap'}.items`),
          follows: { text: 'mountsAgain' },
        }
      },
    },
    {
      number: 33,
      ask(pod, view) {
        const failed = unmounted(pod, view)
        if (!failed || !/hostPath type check failed/.test(failed.why)) return undefined
        const volume = (pod.spec.volumes ?? []).find(each => each.name === failed.volume)
        const { path = '', type = '' } = volume?.hostPath ?? {}
        return {
          values: { node: pod.spec.nodeName ?? '', path, type },
          shown: describe(pod),
          field: volumeField(pod, failed.volume, 'hostPath.type'),
          follows: { text: 'mountsAgain' },
        }
      },
    },
  ],
})

const kinds: Readonly<Record<string, string>> = { configmap: 'ConfigMap', secret: 'Secret' }
const words: Readonly<Record<string, string>> = { ConfigMap: 'configmap', Secret: 'secret' }

const keysOf = (source: KubeObject | undefined): string[] =>
  isKind(source, 'ConfigMap')
    ? Object.keys({ ...source.data, ...source.binaryData }).sort()
    : isKind(source, 'Secret')
      ? Object.keys(source.data ?? {}).sort()
      : []

/** The variable of a container that refers to an object, or the list that does. */
function envField(pod: Pod, { spec, path }: ContainerFacts, name: string, key?: string): Field | undefined {
  for (const [index, { valueFrom }] of (spec.env ?? []).entries())
    for (const source of ['configMapKeyRef', 'secretKeyRef'] as const) {
      const ref = valueFrom?.[source]
      if (ref?.name === name && (key === undefined || ref.key === key))
        return {
          object: pod,
          path: `${path}.env[${index}].valueFrom.${source}.${key === undefined ? 'name' : 'key'}`,
        }
    }
  for (const [index, each] of (spec.envFrom ?? []).entries())
    for (const source of ['configMapRef', 'secretRef'] as const)
      if (each[source]?.name === name)
        return { object: pod, path: `${path}.envFrom[${index}].${source}.name` }
  return undefined
}

function volumeField(pod: Pod, name: string, field: string): Field | undefined {
  const index = (pod.spec.volumes ?? []).findIndex(each => each.name === name)
  return index < 0 ? undefined : { object: pod, path: `spec.volumes[${index}].${field}` }
}
