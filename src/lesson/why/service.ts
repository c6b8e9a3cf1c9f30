// S7 of a Service alone: nobody stands behind it, or nobody listens there.
import { selects as selected } from '../../kinds/machinery/labels.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { DaemonSet, Deployment, Pod, Service, StatefulSet } from '../../kinds/schema/types.ts'
import { nearest } from '../../manifest/nearest.ts'
import { podSpecOf } from '../checks.ts'
import { describe, getAll, getRow, getYaml, inNamespace, labelsText, target, topOwner } from './facts.ts'
import { normal } from './normal.ts'
import { isReadyPod, podPorts, portsOf, selectedBy, targetOf } from './services.ts'
import { type Found, objectOf, symptomOf } from './symptom.ts'
import type { View } from './view.ts'

/** A Service that selects pods. Others are somebody's own business, and an alias (ExternalName) takes no notice of its selector. */
const selects = ({ spec, metadata }: Service): boolean =>
  !metadata.deletionTimestamp && spec.type !== 'ExternalName' && Object.keys(spec.selector ?? {}).length > 0

export const serviceSymptom = symptomOf('Service', {
  name: 'service',
  has: selects,
  questions: [
    {
      number: 51,
      ask(service, view): Found | undefined {
        if (selectedBy(service, view).length) return undefined
        const { selector = {} } = service.spec
        const ns = service.metadata.namespace ?? ''
        const maker = makerOf(service, view)
        if (maker) return withoutPods(service, maker)
        const near = nearestLabels(service, view)
        const field = { object: service, path: 'spec.selector' }
        const shown = `${getAll('pods', service)} --show-labels`
        if (!near) return { text: '51b', values: { sel: labelsText(selector), ns }, shown, field }
        const { pods, labels, key } = near
        const mended = Object.keys(selector).map(each => `${each}=${labels[each] ?? ''}`)
        return {
          values: {
            sel: labelsText(selector),
            pods: shortNames(pods),
            labels: labelsText(
              Object.fromEntries(
                Object.keys(selector).flatMap(each => (labels[each] ? [[each, labels[each]]] : [])),
              ),
            ),
            key,
          },
          shown,
          ...(Object.keys(selector).every(each => labels[each]) && {
            cure: `kubectl set selector ${target(service)} ${mended.join(',')}`,
          }),
          about: pods.slice(0, 3),
          field: { object: service, path: `spec.selector[${key}]` },
        }
      },
    },
    {
      number: 52,
      ask(service, view): Found | undefined {
        const pods = selectedBy(service, view)
        if (!pods.length || pods.some(isReadyPod)) return undefined
        return {
          values: { n: pods.length },
          quiet: pods.some(each => normal(each, view)),
          shown: `kubectl get endpointslices${inNamespace(service.metadata.namespace)}`,
          about: pods.slice(0, 3),
          next: objectOf(pods[0]),
        }
      },
    },
    {
      number: 53,
      ask(service, view): Found | undefined {
        const pods = selectedBy(service, view)
        for (const [index, port] of portsOf(service).entries()) {
          if (!pods.length || pods.some(pod => targetOf(pod, port) !== undefined)) continue
          const names = [...new Set(pods.flatMap(podPorts).flatMap(each => each.name ?? []))]
          const [only] = names
          const patch = JSON.stringify({ spec: { ports: [{ port: port.port, targetPort: only }] } })
          return {
            text: names.length ? '53' : '53b',
            values: { name: String(port.targetPort), names },
            shown: describe(service),
            ...(names.length === 1 && {
              cure: `kubectl patch service ${service.metadata.name}${inNamespace(service.metadata.namespace)} -p '${patch}'`,
            }),
            field: { object: service, path: `spec.ports[${index}].targetPort` },
          }
        }
        return undefined
      },
    },
    {
      number: 54,
      ask(service, view): Found | undefined {
        const pods = selectedBy(service, view).filter(isReadyPod)
        const heard = ({ status }: Pod) => view.listening(status.podIP ?? '')
        for (const [index, port] of portsOf(service).entries()) {
          if ((port.protocol ?? 'TCP') !== 'TCP') continue
          const [deaf] = pods
          if (!deaf || pods.some(pod => heard(pod).includes(targetOf(pod, port) ?? -1))) continue
          const ports = heard(deaf)
          const [only] = ports
          const patch = JSON.stringify({ spec: { ports: [{ port: port.port, targetPort: only }] } })
          return {
            text: ports.length ? '54' : '54b',
            values: { pod: deaf.metadata.name, port: targetOf(deaf, port) ?? '', ports: ports.map(String) },
            shown: getYaml(deaf),
            ...(ports.length === 1 && {
              cure: `kubectl patch service ${service.metadata.name}${inNamespace(service.metadata.namespace)} -p '${patch}'`,
            }),
            about: [deaf],
            field: { object: service, path: `spec.ports[${index}].targetPort` },
          }
        }
        return undefined
      },
    },
    {
      number: 57,
      quiet: true,
      ask(service, view): Found | undefined {
        const owners = new Map<string, KubeObject>()
        for (const pod of selectedBy(service, view)) {
          const owner = topOwner(pod, view)
          owners.set(owner.metadata.uid ?? '', owner)
        }
        const [a, b] = [...owners.values()]
        if (!a || !b || imagesOf(a) === imagesOf(b)) return undefined
        return {
          values: { a: a.metadata.name, b: b.metadata.name },
          shown: `${getAll('pods', service)} --show-labels -l ${labelsText(service.spec.selector)}`,
          about: [a, b],
          field: { object: service, path: 'spec.selector' },
        }
      },
    },
  ],
})

type Maker = Deployment | StatefulSet | DaemonSet
const wantsNone = (maker: Maker): boolean => maker.kind !== 'DaemonSet' && maker.spec.replicas === 0

/** Its selector is right: there is nobody yet, or any more. */
const withoutPods = ({ spec }: Service, maker: Maker): Found => ({
  text: wantsNone(maker) ? '51d' : '51c',
  values: { name: maker.metadata.name, sel: labelsText(spec.selector) },
  shown: getRow(maker),
  about: [maker],
  ...(wantsNone(maker) ? { field: { object: maker, path: 'spec.replicas' } } : { next: objectOf(maker) }),
})

const imagesOf = (object: KubeObject): string =>
  JSON.stringify(podSpecOf(object)?.containers.map(each => each.image))

/** `shop-1, shop-2 …` */
const shortNames = (pods: readonly Pod[]): string[] => [
  ...pods.slice(0, 2).map(each => each.metadata.name),
  ...(pods.length > 2 ? ['…'] : []),
]

/**
 * The pods that a selector probably meant, which fail it by the fewest labels, and the first label by which they do: they
 * agree with it in part, or their label or name looks like a slip of the fingers.
 */
function nearestLabels({ spec, metadata: { name: own, namespace } }: Service, view: View) {
  const entries = Object.entries(spec.selector ?? {})
  const all = view.list('pods', namespace).filter(({ metadata }) => !metadata.deletionTimestamp)
  const slips = entries.map(([key, value]) => [
    key,
    nearest(
      value,
      all.flatMap(each => each.metadata.labels?.[key] ?? []),
    ),
  ])
  const score = ({ metadata: { labels = {}, name } }: Pod): number => {
    const agreeing = entries.filter(([key, value]) => labels[key] === value).length
    const looking = slips.filter(([key, slip]) => key && slip !== undefined && labels[key] === slip).length
    const named = entries.some(
      ([key, value]) => labels[key] !== undefined && [value, own].some(each => name.startsWith(each)),
    )
    return agreeing + looking / 2 + (named ? 1 / 4 : 0)
  }
  const pods = all.filter(each => score(each) > 0).sort((a, b) => score(b) - score(a))
  const [best] = pods
  if (!best) return undefined
  const labels: Readonly<Record<string, string>> = best.metadata.labels ?? {}
  const [key = ''] = entries.find(([name, value]) => labels[name] !== value) ?? []
  const same = pods.filter(each => entries.every(([name]) => each.metadata.labels?.[name] === labels[name]))
  return { pods: same, labels, key }
}

/** What makes pods that a Service would select, and has none. */
const makerOf = ({ spec: { selector = {} }, metadata }: Service, view: View): Maker | undefined =>
  (['deployments', 'statefulsets', 'daemonsets'] as const)
    .flatMap((each): readonly Maker[] => view.list(each, metadata.namespace))
    .find(each => selected({ matchLabels: selector }, each.spec.template.metadata?.labels))
