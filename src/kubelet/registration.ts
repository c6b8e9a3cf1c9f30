// A kubelet's node in the API: a new process makes it where there is none, with what goes with it, and tries until that works
// (pkg/kubelet/kubelet_node_status.go, pkg/volume/csi/nodeinfomanager). What others had written on an earlier one (labels,
// taints, a cordon, kubeadm's role of the control plane) is not the kubelet's to write again.
import { expectRefusal } from '../api/errors.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { Node } from '../kinds/schema/types.ts'
import type { Kubelet } from './kubelet.ts'
import { healthyConditions, ownerOf } from './node-status.ts'

/** Between two tries, ms. */
const firstWait = 100
const longestWait = 7000

const ownLabels = [
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'kubernetes.io/arch',
  'kubernetes.io/hostname',
  'kubernetes.io/os',
]
const ownAnnotations = ['volumes.kubernetes.io/controller-managed-attach-detach']
const migratedPlugins = [
  'aws-ebs',
  'azure-disk',
  'azure-file',
  'cinder',
  'gce-pd',
  'portworx-volume',
  'vsphere-volume',
]

const only = (of: Readonly<Record<string, string>> | undefined, names: readonly string[]) =>
  Object.fromEntries(Object.entries(of ?? {}).filter(([name]) => names.includes(name)))

/** The node as the kubelet makes it, from what it found its machine to be when it first came. */
const ownNode = ({ metadata, spec, status }: Node, now: string): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: metadata.name,
    labels: only(metadata.labels, ownLabels),
    annotations: only(metadata.annotations, ownAnnotations),
  },
  spec: { podCIDR: spec.podCIDR, podCIDRs: spec.podCIDRs },
  status: { ...status, conditions: healthyConditions(now) },
})

const csiNode = (node: Node) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'CSINode',
  metadata: {
    name: node.metadata.name,
    annotations: {
      'storage.alpha.kubernetes.io/migrated-plugins': migratedPlugins
        .map(each => `kubernetes.io/${each}`)
        .join(','),
    },
    ownerReferences: [ownerOf(node)],
  },
  spec: { drivers: null },
})

/** Makes what is missing; `then`, once it is all there. */
export function register(kubelet: Kubelet, then: () => void, waitMs = firstWait): void {
  const { client, engine, name } = kubelet
  const nodes = client.resource('nodes')
  const csiNodes = client.resource<KubeObject>('csinodes.storage.k8s.io')
  try {
    const node = nodes.find('', name) ?? nodes.create(ownNode(kubelet.node, engine.timestamp))
    if (!csiNodes.find('', name)) csiNodes.create(csiNode(node))
  } catch (error) {
    expectRefusal(error)
    engine.after(waitMs, () => {
      if (kubelet.active) register(kubelet, then, Math.min(longestWait, waitMs * 2))
    })
    return
  }
  then()
}
