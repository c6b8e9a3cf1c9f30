// What a learner finds on a node: its files of the control plane, and the commands that lead there.
import { Client } from '../api/client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { Program } from '../engine/process.ts'
import { called, type Tool } from '../shell/command.ts'
import { stringifyYaml } from '../yaml/stringify.ts'
import { certificateDirectory, mountCertificates, mountKubeconfig } from './certificate-files.ts'
import { accessParts } from './loaders.ts'

export const masterName = 'k8s-master'

/** What the API adds to a static pod that its manifest does not say. */
const added = new Set([
  'nodeName',
  'restartPolicy',
  'terminationGracePeriodSeconds',
  'dnsPolicy',
  'schedulerName',
  'tolerations',
  'enableServiceLinks',
  'preemptionPolicy',
  'priority',
  'terminationMessagePath',
  'terminationMessagePolicy',
])
const withoutAdded = (object: object) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !added.has(key)))

/** /etc/kubernetes/manifests of each node, by the static pods that it shows in the API. */
function writeManifests({ api, kubelets }: Cluster): void {
  const pods = new Client(api, 'kubelet').resource('pods')
  for (const { metadata, spec } of pods.list({ namespace: 'kube-system' })) {
    const { name, namespace, labels, annotations = {} } = metadata
    const files = annotations['kubernetes.io/config.mirror'] && kubelets.get(spec.nodeName ?? '')?.files
    if (!files || !spec.nodeName) continue
    const own = Object.entries(annotations).filter(([key]) => !key.startsWith('kubernetes.io/config.'))
    const short = name.slice(0, -spec.nodeName.length - 1)
    files.mkdir(manifests, { parents: true })
    files.write(
      `${manifests}/${short}.yaml`,
      stringifyYaml({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          ...(own.length && { annotations: Object.fromEntries(own) }),
          labels,
          name: short,
          namespace,
        },
        spec: { ...withoutAdded(spec), containers: spec.containers.map(withoutAdded) },
        status: {},
      }),
      { mode: 0o600 },
    )
  }
}

const manifests = '/etc/kubernetes/manifests'

/** What the control plane's machine has too: kubectl, with the administrator's kubeconfig. */
export interface Control {
  readonly kubectl: Program
  readonly kubeconfig: string
}

/** The commands that run something on a node. */
export function nodeTools(cluster: Cluster, control: Control): Tool[] {
  writeManifests(cluster)
  const master = cluster.kubelets.get(masterName)?.files
  if (master) {
    master.mkdir('/root/.kube', { parents: true })
    master.write('/root/.kube/config', control.kubeconfig, { mode: 0o600 })
    mountKubeconfig(cluster.engine, master, '/etc/kubernetes/admin.conf', control.kubeconfig)
  }
  // The cluster's authority, and what servers and clients of etcd show; TLS itself is no part of this world.
  const certificates = ['ca.crt', 'ca.key', 'admin.crt', 'admin.key'] as const
  if (master) mountCertificates(cluster.engine, master, certificateDirectory, certificates)
  for (const name of ['apiserver', 'etcd/ca', 'etcd/server', 'etcd/peer', 'etcd/healthcheck-client'])
    for (const kind of ['crt', 'key']) {
      const path = `/etc/kubernetes/pki/${name}.${kind}`
      master?.mkdir(path.slice(0, path.lastIndexOf('/')), { parents: true })
      if (!master?.exists(path))
        master?.write(path, `# ${name}.${kind}: this simulator checks no TLS\n`, { mode: 0o600 })
    }
  const whole = (name: string) => called(name)(accessParts.get(name)(cluster, control))
  return accessParts.names.map(name => ({
    name,
    get summary() {
      return whole(name).summary
    },
    run: process => whole(name).run(process),
  }))
}
