// S7: no reply from a name or a Service. What is asked of a Service alone, and what only a request knows: its hops.
import type { AnyObject } from '../../kinds/object.ts'
import { nearest } from '../../manifest/nearest.ts'
import type { Trace } from '../../network/cluster-network.ts'
import { describe, getAll, getRow, getYaml, inNamespace, labelsText, target, topOwner } from './facts.ts'
import { serviceName } from './names.ts'
import { blocking } from './policies.ts'
import { isReadyPod, podAt, podPorts, portsOf, selectedBy, serviceAt, targetOf } from './services.ts'
import { type Found, objectOf, type Subject, type Symptom, symptom } from './symptom.ts'
import type { View } from './view.ts'

// ---- a Service

/** A Service of a cluster that has a selector; others are somebody's own business. */
const selects = ({ kind, spec, metadata }: AnyObject): boolean =>
  kind === 'Service' && !metadata.deletionTimestamp && Object.keys(spec.selector ?? {}).length > 0

export const serviceSymptom = symptom({
  name: 'service',
  has: selects,
  questions: [
    {
      number: 51,
      ask(service, view): Found | undefined {
        if (selectedBy(service, view).length) return undefined
        const { selector } = service.spec
        const ns = service.metadata.namespace ?? ''
        const near = nearestLabels(selector, ns, view)
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
        for (const [index, port] of portsOf(service).entries()) {
          if ((port.protocol ?? 'TCP') !== 'TCP') continue
          const deaf = pods.find(
            pod => !view.listening(pod.status?.podIP).includes(targetOf(pod, port) ?? -1),
          )
          if (
            !deaf ||
            pods.some(pod => view.listening(pod.status?.podIP).includes(targetOf(pod, port) ?? -1))
          )
            continue
          const ports = view.listening(deaf.status?.podIP)
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
        const owners = new Map<string, AnyObject>()
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

const imagesOf = ({ spec }: AnyObject): string =>
  JSON.stringify((spec.template?.spec ?? spec).containers?.map((each: AnyObject['spec']) => each.image))

/** `shop-1, shop-2 …` */
const shortNames = (pods: readonly AnyObject[]): string[] => [
  ...pods.slice(0, 2).map(each => each.metadata.name),
  ...(pods.length > 2 ? ['…'] : []),
]

/** The pods of a namespace that fail a selector by the fewest labels, and the first label by which they do. */
function nearestLabels(selector: Readonly<Record<string, string>>, namespace: string, view: View) {
  const entries = Object.entries(selector)
  const agree = ({ metadata }: AnyObject) =>
    entries.filter(([key, value]) => metadata.labels?.[key] === value).length +
    entries.filter(([key]) => metadata.labels?.[key] !== undefined).length / 2
  // Whom another Service serves, and who agrees in nothing, was not meant.
  const isFree = (pod: AnyObject) =>
    entries.some(([key, value]) => pod.metadata.labels?.[key] === value) ||
    !view.list('services', namespace).some(each => selectedBy(each, view).includes(pod))
  const pods = view
    .list('pods', namespace)
    .filter(each => !each.metadata.deletionTimestamp && agree(each) > 0 && isFree(each))
    .sort((a, b) => agree(b) - agree(a))
  const [best] = pods
  if (!best) return undefined
  const labels: Readonly<Record<string, string>> = best.metadata.labels ?? {}
  const [key = ''] = entries.find(([name, value]) => labels[name] !== value) ?? []
  const same = pods.filter(each => entries.every(([name]) => each.metadata.labels?.[name] === labels[name]))
  return { pods: same, labels, key }
}

// ---- a name

type Name = Extract<Subject, { type: 'name' }>

export const nameSymptom: Symptom<Name> = {
  name: 'name',
  has: () => true,
  // The name is well: the Service answers for the rest.
  leads({ name, namespace }, view) {
    const wanted = serviceName(name, namespace)
    return objectOf(wanted && view.find('services', wanted.namespace, wanted.name))
  },
  questions: [
    {
      number: 48,
      ask({ name }, view): Found | undefined {
        const dns = view.find('services', 'kube-system', 'kube-dns')
        const pods = dns ? selectedBy(dns, view) : []
        const shown = 'kubectl get endpointslices -n kube-system'
        if (dns && pods.some(isReadyPod))
          return view.world.cluster.network.dns.fault
            ? {
                text: '48b',
                values: { name },
                shown: 'kubectl logs -n kube-system -l k8s-app=kube-dns',
                about: pods,
              }
            : undefined
        const why = !dns ? 'noService' : pods.length ? 'noneReady' : 'noSelection'
        return { values: { why: { text: why } }, shown, about: dns ? [dns] : [], next: objectOf(dns) }
      },
    },
    {
      number: 49,
      ask(asked, view): Found | undefined {
        const wanted = serviceName(asked.name, asked.namespace)
        if (!wanted || view.find('services', wanted.namespace, wanted.name)) return undefined
        const other = view.list('services').find(each => each.metadata.name === wanted.name)
        if (!other) return undefined
        return {
          values: { name: wanted.name, other: other.metadata.namespace ?? '' },
          shown: 'kubectl get services -A',
          about: [other],
        }
      },
    },
    {
      number: 50,
      ask(asked, view): Found | undefined {
        const wanted = serviceName(asked.name, asked.namespace)
        if (!wanted) return { text: '50c', values: { name: asked.name }, shown: `nslookup ${asked.name}` }
        const { name, namespace } = wanted
        if (view.find('services', namespace, name)) return undefined
        const near = nearest(
          name,
          view.list('services', namespace).map(each => each.metadata.name),
        )
        const ns = inNamespace(namespace)
        const missing = `service/${name}`
        if (!near)
          return { text: '50b', values: { name, ns: namespace }, shown: `kubectl get services${ns}`, missing }
        return { values: { name, near }, shown: `kubectl get services${ns}`, missing }
      },
    },
  ],
}

// ---- a request

/** The Service that a request was for, by the name or the address that it went to. */
function serviceOf({ hops, address }: Trace, view: View): AnyObject | undefined {
  const hop = hops.find(each => each.type === 'service' || each.type === 'node-port')
  if (hop) {
    const [namespace = '', name = ''] = hop.name.split('/')
    return view.find('services', namespace, name)
  }
  return serviceAt(address, view)
}

const callerOf = ({ hops }: Trace, view: View): AnyObject | undefined => {
  const [namespace = '', name] = hops[0]?.name.split('/') ?? []
  return name ? view.find('pods', namespace, name) : undefined
}

const namespaceOf = ({ hops }: Trace): string => {
  const name = hops[0]?.name ?? ''
  return name.includes('/') ? name.split('/')[0]! : 'default'
}

/** What failed and is not long ago: who asks again and again asks within it. */
const recentMs = 60_000

export const requestSymptom: Symptom<Trace> = {
  name: 'request',
  has: (trace, view) =>
    view.now - trace.time < recentMs &&
    (typeof trace.outcome === 'string' || trace.outcome === 404 || trace.outcome >= 500),
  leads(trace, view) {
    const name = trace.hops.find(each => each.type === 'dns')?.name
    if (trace.outcome === 'unknown-host')
      return name === undefined ? undefined : { type: 'name', name, namespace: namespaceOf(trace) }
    return typeof trace.outcome === 'string' ? objectOf(serviceOf(trace, view)) : undefined
  },
  questions: [
    {
      number: 55,
      ask(trace, view): Found | undefined {
        const service = serviceOf(trace, view)
        if (!service || typeof trace.outcome !== 'string' || trace.port === undefined) return undefined
        const ports = portsOf(service)
        if (trace.address !== service.spec.clusterIP || ports.some(each => each.port === trace.port))
          return undefined
        return {
          values: {
            svc: service.metadata.name,
            port: trace.port,
            ports: ports.map(each => String(each.port)),
          },
          shown: getRow(service),
          about: [service],
          field: { object: service, path: 'spec.ports[0].port' },
        }
      },
    },
    {
      number: 56,
      ask(trace, view): Found | undefined {
        if (trace.outcome !== 'timeout' || trace.port === undefined) return undefined
        const service = serviceOf(trace, view)
        const servicePort = service && portsOf(service).find(each => each.port === trace.port)
        const pods = service ? selectedBy(service, view).filter(isReadyPod) : [podAt(trace.address, view)]
        const [pod] = pods
        const caller = callerOf(trace, view)
        if (!pod || !caller) return undefined
        const port = servicePort ? targetOf(pod, servicePort) : trace.port
        const found = port === undefined ? undefined : blocking(caller, pod, port, view)
        if (!found || port === undefined) return undefined
        const { policy, direction } = found
        if (direction === 'Egress')
          return {
            text: '56b',
            values: {
              policy: policy.metadata.name,
              pod: caller.metadata.name,
              caller: pod.metadata.name,
              port,
            },
            shown: describe(policy).replace('networkpolicy', 'netpol'),
            about: [policy, caller],
            field: { object: policy, path: 'spec.egress' },
          }
        const svcPort = servicePort?.port
        // With the other port it would be let through.
        const hinted =
          svcPort !== undefined &&
          svcPort !== port &&
          !blocking(caller, pod, svcPort, view) &&
          namesPort(policy, svcPort)
        return {
          values: {
            policy: policy.metadata.name,
            pod: pod.metadata.name,
            caller: caller.metadata.name,
            port,
            hint: hinted ? { text: 'servicePort', values: { svcPort, port } } : '',
          },
          shown: describe(policy).replace('networkpolicy', 'netpol'),
          about: [policy, pod, caller],
          field: { object: policy, path: hinted ? portPath(policy, svcPort) : 'spec.ingress' },
        }
      },
    },
    {
      number: 54,
      ask(trace, view): Found | undefined {
        if (trace.outcome !== 'refused' || trace.port === undefined) return undefined
        const pod = podAt(trace.address, view)
        if (!pod) return undefined
        const ports = view.listening(pod.status?.podIP)
        return {
          text: ports.length ? '54' : '54b',
          values: { pod: pod.metadata.name, port: trace.port, ports: ports.map(String) },
          shown: getYaml(pod),
          about: [pod],
        }
      },
    },
  ],
}

const namesPort = ({ spec }: AnyObject, port: number): boolean =>
  (spec.ingress ?? []).some((rule: AnyObject['spec']) =>
    (rule.ports ?? []).some((each: { port?: number | string }) => each.port === port),
  )

function portPath({ spec }: AnyObject, port: number | undefined): string {
  for (const [index, rule] of ((spec.ingress ?? []) as AnyObject['spec'][]).entries()) {
    const at = (rule.ports ?? []).findIndex((each: { port?: number | string }) => each.port === port)
    if (at >= 0) return `spec.ingress[${index}].ports[${at}].port`
  }
  return 'spec.ingress'
}
