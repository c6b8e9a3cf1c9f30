// S7 of a request: what only its hops tell.
import type { NetworkPolicy, Pod, Service } from '../../kinds/schema/types.ts'
import type { Trace } from '../../network/trace.ts'
import { describe, getRow, getYaml, inNamespace } from './facts.ts'
import { blocking } from './policies.ts'
import { isReadyPod, podAt, portsOf, selectedBy, serviceAt, targetOf } from './services.ts'
import { type Found, objectOf, type Symptom } from './symptom.ts'
import type { View } from './view.ts'

/** The Service that a request was for, by the name or the address that it went to. */
function serviceOf({ hops, address }: Trace, view: View): Service | undefined {
  const hop = hops.find(each => each.type === 'service' || each.type === 'node-port')
  if (hop) {
    const [namespace = '', name = ''] = hop.name.split('/')
    return view.find('services', namespace, name)
  }
  return serviceAt(address, view)
}

const callerOf = ({ hops }: Trace, view: View): Pod | undefined => {
  const [namespace = '', name] = hops[0]?.name.split('/') ?? []
  return name ? view.find('pods', namespace, name) : undefined
}

/** Whether others were answered there lately. */
const othersComeIn = ({ hops, address, port }: Trace, view: View): boolean =>
  view.lately.some(
    each =>
      each.address === address &&
      each.port === port &&
      each.hops[0]?.name !== hops[0]?.name &&
      typeof each.outcome === 'number',
  )

const namespaceOf = ({ hops }: Trace): string => {
  const name = hops[0]?.name ?? ''
  return name.includes('/') ? name.split('/')[0]! : 'default'
}

export const requestSymptom: Symptom<Trace> = {
  name: 'request',
  has: ({ outcome }) => typeof outcome === 'string' || outcome >= 400,
  leads(trace, view) {
    const { unknown: name, hops } = trace
    const [client] = hops
    if (trace.outcome === 'unknown-host' && name !== undefined)
      return {
        ...{ type: 'name', name, namespace: namespaceOf(trace) },
        ...(!client?.name && { machine: client?.node ?? '' }),
      }
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
          // It does what it is for: who is named comes in, and this one is kept out.
          quiet: othersComeIn(trace, view),
          field: { object: policy, path: hinted ? portPath(policy, svcPort) : 'spec.ingress' },
        }
      },
    },
    {
      number: 54,
      ask(trace, view): Found | undefined {
        if (trace.outcome !== 'refused' || trace.port === undefined) return undefined
        const pod = podAt(trace.address, view)
        // Who was asked has left; the address may be another's by now.
        const since = pod ? view.now - view.since(pod.metadata.creationTimestamp) : 0
        if (!pod || pod.metadata.deletionTimestamp || since > trace.time) return undefined
        const ports = view.listening(pod.status.podIP ?? '')
        // The program had not begun to listen; now it does.
        if (ports.includes(trace.port)) return undefined
        return {
          text: ports.length ? '54' : '54b',
          values: { pod: pod.metadata.name, port: trace.port, ports: ports.map(String) },
          shown: getYaml(pod),
          about: [pod],
        }
      },
    },
    {
      // What the program says is its own affair.
      number: 54,
      quiet: true,
      ask({ outcome, hops }, view): Found | undefined {
        const server = hops.at(-1)
        if (typeof outcome !== 'number' || server?.type !== 'server') return undefined
        const [namespace = '', name = ''] = server.name.split('/')
        const pod = view.find('pods', namespace, name)
        if (!pod) return undefined
        return {
          text: '54c',
          values: { pod: name, code: outcome },
          shown: `kubectl logs ${name}${inNamespace(namespace)}`,
          about: [pod],
        }
      },
    },
  ],
}

const namesPort = ({ spec }: NetworkPolicy, port: number): boolean =>
  (spec.ingress ?? []).some(rule => rule.ports?.some(each => each.port === port))

function portPath({ spec }: NetworkPolicy, port: number | undefined): string {
  for (const [index, rule] of (spec.ingress ?? []).entries()) {
    const at = (rule.ports ?? []).findIndex(each => each.port === port)
    if (at >= 0) return `spec.ingress[${index}].ports[${at}].port`
  }
  return 'spec.ingress'
}
