// S7 of a name that was looked up: who answers names, and what this one means where it was asked for.
import { nearest } from '../../manifest/nearest.ts'
import { getRow, inNamespace } from './facts.ts'
import { serviceName } from './names.ts'
import { isReadyPod, selectedBy } from './services.ts'
import { type Found, objectOf, type Subject, type Symptom } from './symptom.ts'

type Name = Extract<Subject, { type: 'name' }>

export const nameSymptom: Symptom<Name> = {
  name: 'name',
  has: () => true,
  // The name is well: the Service answers for the rest.
  leads({ name, namespace, machine }, view) {
    if (machine !== undefined) return undefined
    const wanted = serviceName(name, namespace)
    return objectOf(wanted && view.find('services', wanted.namespace, wanted.name))
  },
  questions: [
    {
      // The name servers of machines know nothing of the cluster.
      number: 50,
      ask({ name, namespace, machine }, view): Found | undefined {
        if (machine === undefined) return undefined
        const wanted = serviceName(name, namespace)
        const service = wanted && view.list('services').find(({ metadata }) => metadata.name === wanted.name)
        if (!service) return { text: '50c', values: { name }, shown: `nslookup ${name}` }
        return {
          text: '50d',
          values: {
            name,
            where: machine ? { text: 'onNode', values: { node: machine } } : { text: 'workstation' },
          },
          shown: getRow(service),
          about: [service],
        }
      },
    },
    {
      number: 48,
      ask({ name, machine }, view): Found | undefined {
        if (machine !== undefined) return undefined
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
        if (asked.machine !== undefined || !wanted) return undefined
        if (view.find('services', wanted.namespace, wanted.name)) return undefined
        // Who names a namespace has not asked for a short name.
        if (asked.name.includes('.')) return undefined
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
        if (asked.machine !== undefined) return undefined
        const wanted = serviceName(asked.name, asked.namespace)
        // `shop.example` has the form of a Service in a namespace, and is a name of the world outside.
        if (!wanted || !view.find('namespaces', undefined, wanted.namespace))
          return { text: '50c', values: { name: asked.name }, shown: `nslookup ${asked.name}` }
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
