// Messages of the CRI (runtime/v1/api.proto) as protojson writes them, with what is empty: in the order of their fields.
// Left out of an inspection's `info`: the runtime's own configuration and the whole runtimeSpec.

import { nanoTime } from '../../../containers/content.ts'
import type { FoundImage } from '../../../containers/registry.ts'
import { quantityMilliValue, quantityValue } from '../../../kinds/machinery/quantity.ts'
import { sandboxId } from '../../create.ts'
import type { Kubelet } from '../../kubelet.ts'
import { processesOf } from '../containerd.ts'
import { containerLabels, type FoundContainer, type FoundPod, imageId, podLabels } from './runtime.ts'

const nanos = (ms: number): string => `${Math.round(ms * 1000)}000`
const never = '0001-01-01T00:00:00Z'

const image = (found: FoundImage) => ({
  image: imageId(found),
  annotations: {},
  userSpecifiedImage: '',
  runtimeHandler: '',
})

const annotations = ({ container, worker: { pod } }: FoundContainer): Record<string, string> => ({
  'io.kubernetes.container.restartCount': String(container.state.restartCount),
  'io.kubernetes.container.terminationMessagePath':
    container.state.spec.terminationMessagePath ?? '/dev/termination-log',
  'io.kubernetes.container.terminationMessagePolicy': container.state.spec.terminationMessagePolicy ?? 'File',
  'io.kubernetes.pod.terminationGracePeriod': String(pod.spec.terminationGracePeriodSeconds ?? 30),
})

export const containerMessage = (found: FoundContainer) => {
  const { state, options } = found.container
  return {
    id: state.id,
    podSandboxId: sandboxId(found.worker.pod),
    metadata: { name: state.name, attempt: state.restartCount },
    image: image(options.found),
    imageRef: imageId(options.found),
    state: `CONTAINER_${state.state.toUpperCase()}`,
    createdAt: nanos(state.createdAt),
    labels: containerLabels(found),
    annotations: annotations(found),
    imageId: imageId(options.found),
  }
}

export const podMessage = (found: FoundPod) => {
  const { metadata } = found.worker.pod
  return {
    id: found.id,
    metadata: { name: metadata.name, uid: metadata.uid, namespace: metadata.namespace, attempt: 0 },
    state: found.ready ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
    createdAt: nanos(found.createdAt),
    labels: podLabels(found),
    annotations: metadata.annotations ?? {},
    runtimeHandler: '',
  }
}

export const imageMessage = (found: FoundImage, user?: number) => ({
  id: imageId(found),
  repoTags: found.tag ? [found.name] : [],
  repoDigests: [found.digest],
  size: String(found.size),
  uid: user === undefined ? null : { value: String(user) },
  username: '',
  spec: null,
  pinned: false,
})

const resources = ({ container }: FoundContainer) => {
  const { limits = {}, requests = {} } = (container.state.spec.resources ?? {}) as {
    limits?: Record<string, string>
    requests?: Record<string, string>
  }
  const cpu = limits.cpu === undefined ? 0 : quantityMilliValue(limits.cpu)
  const asked = quantityMilliValue(requests.cpu ?? limits.cpu ?? '0')
  return {
    linux: {
      cpuPeriod: '100000',
      cpuQuota: String(cpu * 100),
      cpuShares: String(Math.max(2, Math.floor((asked * 1024) / 1000))),
      cpusetCpus: '',
      cpusetMems: '',
      hugepageLimits: [],
      memoryLimitInBytes: String(limits.memory === undefined ? 0 : quantityValue(limits.memory)),
      memorySwapLimitInBytes: '0',
      oomScoreAdj: String(container.oomScoreAdj),
      unified: {},
    },
    windows: null,
  }
}

const mounts = ({ container }: FoundContainer) =>
  (
    (container.state.spec.volumeMounts ?? []) as { mountPath: string; readOnly?: boolean; name: string }[]
  ).map(({ mountPath, readOnly = false }) => ({
    containerPath: mountPath,
    gidMappings: [],
    hostPath: '',
    image: null,
    imageSubPath: '',
    propagation: 'PROPAGATION_PRIVATE',
    readonly: readOnly,
    recursiveReadOnly: false,
    selinuxRelabel: false,
    uidMappings: [],
  }))

/** The number of a container's first process on its node; 0 where it does not run. */
export const pidOn = (kubelet: Kubelet, { container }: FoundContainer): number =>
  processesOf(kubelet, container)[0]?.[0] ?? 0

/** What runc was told, as far as it is told here. */
export const runtimeSpec = ({ container: { command, options } }: FoundContainer) => ({
  ociVersion: '1.0.2-dev',
  process: {
    args: [...command],
    cwd: options.cwd,
    env: [...options.env].map(([name, value]) => `${name}=${value}`),
  },
  root: { path: 'rootfs' },
  hostname: options.hostname,
})

export function containerStatus(kubelet: Kubelet, found: FoundContainer, isVerbose: boolean): object {
  const { container, worker } = found
  const { state, options } = container
  const { metadata } = worker.pod
  const status = {
    id: state.id,
    metadata: { name: state.name, attempt: state.restartCount },
    state: `CONTAINER_${state.state.toUpperCase()}`,
    createdAt: nanoTime(state.createdAt),
    startedAt: state.startedAt ? nanoTime(state.startedAt) : never,
    finishedAt: state.finishedAt ? nanoTime(state.finishedAt) : never,
    exitCode: state.exitCode ?? 0,
    image: { ...image(options.found), image: options.found.name },
    imageId: imageId(options.found),
    imageRef: options.found.digest,
    reason: state.reason ?? '',
    message: state.message ?? '',
    labels: containerLabels(found),
    annotations: annotations(found),
    mounts: mounts(found),
    logPath: `/var/log/pods/${metadata.namespace}_${metadata.name}_${metadata.uid}/${state.name}/${state.restartCount}.log`,
    resources: resources(found),
    stopSignal: state.spec.lifecycle?.stopSignal ?? 'SIGTERM',
    user: { linux: { gid: '0', supplementalGroups: ['0'], uid: String(options.security.identity.uid) } },
  }
  if (!isVerbose) return { status }
  const info = {
    sandboxID: sandboxId(worker.pod),
    pid: pidOn(kubelet, found),
    removing: false,
    snapshotKey: state.id,
    snapshotter: 'overlayfs',
    runtimeType: 'io.containerd.runc.v2',
    runtimeSpec: runtimeSpec(found),
  }
  return { status, info }
}

export function podStatus(found: FoundPod, isVerbose: boolean): object {
  const { worker } = found
  const { metadata, spec } = worker.pod
  const namespace = (isNode: unknown) => (isNode ? 'NODE' : 'POD')
  const status = {
    ...podMessage(found),
    createdAt: nanoTime(found.createdAt),
    network: { additionalIps: [], ip: spec.hostNetwork ? '' : (worker.runtime.sandbox?.state.address ?? '') },
    linux: {
      namespaces: {
        options: {
          ipc: namespace(spec.hostIPC),
          network: namespace(spec.hostNetwork),
          pid: spec.hostPID ? 'NODE' : spec.shareProcessNamespace ? 'POD' : 'CONTAINER',
          targetId: '',
          usernsOptions: null,
        },
      },
    },
    containersStatuses: [],
    timestamp: '0',
  }
  if (!isVerbose) return { status }
  const info = {
    image: 'registry.k8s.io/pause:3.8',
    processStatus: found.ready ? 'running' : 'deleted',
    runtimeHandler: '',
    runtimeType: 'io.containerd.runc.v2',
    snapshotKey: found.id,
    snapshotter: 'overlayfs',
    hostname: spec.hostname ?? metadata.name,
  }
  return { status, info }
}
