// Two controllers that furnish every namespace: the service account controller makes the account `default`, the root-CA
// publisher the config map `kube-root-ca.crt`. Rules: pkg/controller/serviceaccount, pkg/controller/certificates/rootcacertpublisher.
import { isAlreadyExists } from '../api/errors.ts'
import { equal } from '../kinds/machinery/equality.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { Namespace } from '../kinds/schema/types.ts'
import { type StartController, WorkQueue } from './controller.ts'
import { isNamespaceEnding } from './pod-control.ts'

/** Pods of a namespace that was made in the same breath need the account; the real server waits for it. */
const prompt = { latency: 0.5 }

const isActive = (namespace: Namespace | undefined): boolean => namespace?.status?.phase !== 'Terminating'

function create(run: () => void): void {
  try {
    run()
  } catch (error) {
    if (!isAlreadyExists(error) && !isNamespaceEnding(error)) throw error
  }
}

export const startServiceAccount: StartController = context => {
  const { client, informers } = context
  const namespaces = informers.of('namespaces')
  const accounts = informers.of('serviceaccounts')
  const resource = client.resource('serviceaccounts')
  const queue = new WorkQueue(
    context,
    name => {
      const namespace = namespaces.get(name)
      if (!namespace || !isActive(namespace) || accounts.find(name, 'default')) return undefined
      const metadata = { name: 'default', namespace: name }
      create(() => resource.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata }))
      return undefined
    },
    prompt,
  )
  const enqueue = (namespace: KubeObject) => queue.add(namespace.metadata.name)
  namespaces.handle({ add: enqueue, update: (_old, namespace) => enqueue(namespace) })
  accounts.handle({ delete: account => queue.add(account.metadata.namespace!) })
}

const rootCa = 'kube-root-ca.crt'
const description = 'kubernetes.io/description'

export const startRootCaPublisher: StartController = context => {
  const { client, informers } = context
  const namespaces = informers.of('namespaces')
  const configMaps = informers.of('configmaps', { fieldSelector: `metadata.name=${rootCa}` })
  const resource = client.resource('configmaps')
  // The cluster's certificate, as kube-system has had it from the start.
  const original = configMaps.find('kube-system', rootCa)
  if (!original) return
  const { data } = original
  const annotations = { [description]: original.metadata.annotations?.[description] ?? '' }
  const queue = new WorkQueue(context, name => {
    const namespace = namespaces.get(name)
    if (!namespace || !isActive(namespace)) return undefined
    const current = configMaps.find(name, rootCa)
    if (!current) {
      const metadata = { name: rootCa, namespace: name, annotations }
      create(() => resource.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data }))
    } else if (!equal(current.data, data) || !current.metadata.annotations?.[description]) {
      const metadata = {
        ...current.metadata,
        annotations: { ...current.metadata.annotations, ...annotations },
      }
      resource.update({ ...current, metadata, data })
    }
    return undefined
  })
  const enqueue = (namespace: KubeObject) => queue.add(namespace.metadata.name)
  namespaces.handle({ add: enqueue, update: (_old, namespace) => enqueue(namespace) })
  const restore = ({ metadata }: KubeObject) => queue.add(metadata.namespace!)
  configMaps.handle({ update: (_old, map) => restore(map), delete: restore })
}
