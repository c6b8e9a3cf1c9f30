// crictl inspect, inspectp, inspecti, info and imagefsinfo.
import { humanSize } from '../../../engine/go-units.ts'
import { containerStatus, imageMessage, podMessage, podStatus } from './messages.ts'
import { pairs, writeStatuses } from './output.ts'
import {
  ago,
  type Command,
  chosenContainers,
  chosenImages,
  chosenPods,
  containerById,
  containerLabels,
  Fatal,
  imageBy,
  imageId,
  podById,
  ShowHelp,
} from './runtime.ts'

const nothing = 'No IDs provided or nothing found per filter'

export const inspect: Command = function* (call) {
  const { process, kubelet, options } = call
  const ids = options.args.length
    ? options.args
    : chosenContainers(call).map(({ container }) => container.state.id)
  if (ids.length === 0) throw new ShowHelp(nothing)
  const doing = 'get the status of containers: get container status: '
  const all = ids.map(id => containerById(kubelet, id, 'ContainerStatus', doing))
  if (options.text('output') !== 'table') {
    writeStatuses(
      process.stdout,
      options,
      all.map(each => containerStatus(kubelet, each, !options.is('quiet'))),
    )
    return 0
  }
  for (const found of all) {
    const { state } = found.container
    process.stdout.write(
      `ID: ${state.id}\nName: ${state.name}\n${state.restartCount ? `Attempt: ${state.restartCount}\n` : ''}State: CONTAINER_${state.state.toUpperCase()}\nCreated: ${ago(kubelet, state.createdAt)}\n${state.startedAt ? `Started: ${ago(kubelet, state.startedAt)}\n` : ''}${state.state === 'exited' ? `Finished: ${ago(kubelet, state.finishedAt!)}\nExit Code: ${state.exitCode}\n` : ''}Labels:\n${pairs(containerLabels(found))}`,
    )
  }
  return 0
}

export const inspectp: Command = function* (call) {
  const { process, kubelet, options } = call
  const ids = options.args.length ? options.args : chosenPods(call).map(({ id }) => id)
  if (ids.length === 0) throw new ShowHelp(nothing)
  const doing = 'get the status of pod sandboxes: get pod sandbox status: '
  const all = ids.map(id => podById(kubelet, id, 'PodSandboxStatus', doing))
  if (options.text('output') !== 'table') {
    writeStatuses(
      process.stdout,
      options,
      all.map(each => podStatus(each, !options.is('quiet'))),
    )
    return 0
  }
  for (const found of all) {
    const { id, metadata, state, labels, annotations } = podMessage(found)
    process.stdout.write(
      `ID: ${id}\nName: ${metadata.name}\nUID: ${metadata.uid}\nNamespace: ${metadata.namespace}\nAttempt: 0\nStatus: ${state}\nIP Addresses: ${found.worker.runtime.sandbox?.state.address ?? ''}\nLabels:\n${pairs(labels)}Annotations:\n${pairs(annotations)}`,
    )
  }
  return 0
}

export const inspecti: Command = function* ({ process, kubelet, options }) {
  const ids = options.args.length
    ? options.args
    : chosenImages(kubelet, options.text('name'), options.list('filter')).map(imageId)
  if (ids.length === 0) throw new ShowHelp(nothing)
  const all = ids.map(id => {
    const found = imageBy(kubelet, id)
    if (!found) throw new Fatal(`no such image ${JSON.stringify(id)} present`)
    return found
  })
  if (options.text('output') === 'table')
    for (const found of all)
      process.stdout.write(
        `ID: ${imageId(found)}\nTag: ${found.name}\nDigest: ${found.digest}\nSize: ${humanSize(found.size, 3)}\n`,
      )
  else
    writeStatuses(
      process.stdout,
      options,
      all.map(found => {
        const { entrypoint, cmd, env = {}, workingDir, user, ports = [] } = found.image
        const config = {
          Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
          ...(entrypoint && { Entrypoint: entrypoint }),
          ...(cmd && { Cmd: cmd }),
          ...(workingDir && { WorkingDir: workingDir }),
          ...(user && { User: user }),
          ...(ports.length && {
            ExposedPorts: Object.fromEntries(ports.map(port => [`${port}/tcp`, {}])),
          }),
        }
        const status = imageMessage(found, /^\d+/.test(user ?? '') ? Number.parseInt(user!, 10) : undefined)
        return options.is('quiet')
          ? { status }
          : { status, info: { chainID: '', imageSpec: { architecture: 'amd64', os: 'linux', config } } }
      }),
    )
  return 0
}

export const info: Command = function* ({ process, kubelet, options }) {
  const condition = (type: string) => ({ message: '', reason: '', status: true, type })
  const status = { conditions: [condition('RuntimeReady'), condition('NetworkReady')] }
  const more = {
    lastCNILoadStatus: 'OK',
    golang: 'go1.19.8',
    config: {
      containerdEndpoint: '/run/containerd/containerd.sock',
      containerdRootDir: '/var/lib/containerd',
      rootDir: '/var/lib/containerd/io.containerd.grpc.v1.cri',
      sandboxImage: 'registry.k8s.io/pause:3.8',
      stateDir: '/run/containerd/io.containerd.grpc.v1.cri',
      containerd: { defaultRuntimeName: 'runc', snapshotter: 'overlayfs' },
      registry: {
        configPath: kubelet.files.exists('/etc/containerd/certs.d') ? '/etc/containerd/certs.d' : '',
      },
    },
  }
  if (options.text('output') === 'table')
    for (const { type, status: is } of status.conditions) process.stdout.write(`${type}: ${is}\n`)
  else writeStatuses(process.stdout, options, [options.is('quiet') ? { status } : { status, ...more }])
  return 0
}

/** Of each image's bytes so many are on the disk, unpacked. */
const unpacked = 2.55
const snapshots = '/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs'

export const imagefsinfo: Command = function* ({ process, kubelet, options }) {
  const { present } = kubelet.images
  const sizes = new Map(present.map(found => [imageId(found), found.size]))
  const bytes = Math.round([...sizes.values()].reduce((sum, size) => sum + size, 0) * unpacked)
  const usage = {
    fsId: { mountpoint: snapshots },
    inodesUsed: { value: String(Math.round(bytes / 20_000)) },
    timestamp: `${Math.round(kubelet.engine.now * 1000)}000`,
    usedBytes: { value: String(bytes) },
  }
  if (options.text('output') === 'table')
    process.stdout.write(
      `Image Filesystem \nTimeStamp[0]: ${usage.timestamp}\nDisk[0]: ${humanSize(bytes)}\nInodes[0]: ${usage.inodesUsed.value}\nMount Point[0]: ${snapshots}\n`,
    )
  else
    writeStatuses(process.stdout, options, [
      { status: { containerFilesystems: [], imageFilesystems: [usage] } },
    ])
  return 0
}
