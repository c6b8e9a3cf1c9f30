// What each kind of volume holds: pkg/volume/{emptydir,hostpath,configmap,secret,downwardapi,projected,local}. A plugin
// gives either a file system or a tree of files that follows objects of the API.

import { dictionary, ownValue } from '../engine/dictionary.ts'
import { subtree } from '../engine/file-views.ts'
import type { FileStat, Files } from '../engine/files.ts'
import { claimNameOf, foreignClaim } from '../kinds/pod-spec/claim-name.ts'
import type {
  ConfigMapVolumeSource,
  DownwardAPIVolumeSource,
  PersistentVolumeSpec,
  ProjectedVolumeSource,
  Volume,
} from '../kinds/schema/types.ts'
import { accountToken } from './account-token.ts'
import { decodeBase64, fieldValue, resourceValue } from './environment.ts'
import type { PodWorker } from './pod-worker.ts'
import { memoryLimitOf, quantityValue } from './resources.ts'
import { VolumeFiles } from './volume-files.ts'

export type FileTree = ReadonlyMap<string, { readonly text: string; readonly mode: number }>

/** Why a volume cannot be mounted now, and at which step that was found. */
export class VolumeError extends Error {
  readonly step: string

  constructor(message: string, step = 'MountVolume.SetUp failed') {
    super(message)
    this.step = step
  }
}

export interface VolumePlugin {
  /** The volume behind it, and as what that is mounted, where there is one: the kubelet's words are about that. */
  behind?(
    volume: Volume,
    worker: PodWorker,
  ): { readonly name: string; readonly spec: PersistentVolumeSpec } | undefined
  files?(volume: Volume, worker: PodWorker): Files
  content?(volume: Volume, worker: PodWorker): FileTree
  check?(volume: Volume, worker: PodWorker): void
  /** Its files are given to the pod's fsGroup. */
  takesGroup?(volume: Volume, worker: PodWorker): boolean
  /** Bytes that fit in, of a volume in memory; undefined of one on the disk. */
  inMemory?(volume: Volume, worker: PodWorker): number | undefined
  readonly readOnly?: boolean
  readonly follows?: boolean
}

const defaultMode = 0o644
const always = () => true

/** What a tmpfs of a pod may hold: what the pod's containers may have together, or the node (calculateEmptyDirMemorySize). */
function memoryOf({ pod, kubelet }: PodWorker): number {
  const node = quantityValue(kubelet.facts.allocatable.memory ?? '0')
  return Math.min(node, memoryLimitOf(pod.spec.containers) ?? node)
}

const emptyDir: VolumePlugin = {
  takesGroup: always,
  inMemory({ emptyDir: { medium, sizeLimit } = {} }, worker) {
    if (medium !== 'Memory') return undefined
    return sizeLimit === undefined
      ? memoryOf(worker)
      : Math.min(memoryOf(worker), quantityValue(sizeLimit) || Number.POSITIVE_INFINITY)
  },
  files(volume, worker) {
    const { engine } = worker.kubelet
    const capacity = this.inMemory!(volume, worker)
    return new VolumeFiles({
      now: () => engine.now,
      inMemory: capacity !== undefined,
      ...(capacity === undefined ? { disk: worker.volumes.place(volume.name) } : { capacity }),
    })
  },
}

const hostPath: VolumePlugin = {
  files: ({ hostPath }, { kubelet }) => onNode(kubelet.files, hostPath!.path, hostPath!.type ?? ''),
}

/** What a type of hostPath wants to find, and its words where that is not there (checkTypeInternal of host_path.go). */
const pathTypes: Readonly<Record<string, { is: FileStat['type']; called: string }>> = dictionary({
  Directory: { is: 'directory', called: 'a directory' },
  File: { is: 'file', called: 'a file' },
  Socket: { is: 'socket', called: 'a socket file' },
  CharDevice: { is: 'character', called: 'a character device' },
  BlockDevice: { is: 'block', called: 'a block device' },
})

/** A directory or file of the node; what the type asks for is made or must be there. */
function onNode(node: Files, path: string, type: string): Files {
  if (!node.exists(path)) {
    if (type === 'FileOrCreate') {
      const up = path.slice(0, path.lastIndexOf('/')) || '/'
      if (!node.exists(up))
        throw new VolumeError(`hostPath type check failed: open ${path}: no such file or directory`)
      node.write(path, '')
    } else if (type === '' || type === 'DirectoryOrCreate') node.mkdir(path, { parents: true })
  }
  const wanted = pathTypes[type.replace('OrCreate', '')]
  if (wanted && !(node.exists(path) && node.stat(path).type === wanted.is))
    throw new VolumeError(`hostPath type check failed: ${path} is not ${wanted.called}`)
  return subtree(node, path)
}

/** The directory of a local volume (getGlobalLocalPath of local.go). Left out: block devices. */
function localPath(node: Files, path: string): Files {
  const fail = (why: string) => new VolumeError(why, 'MountVolume.NewMounter initialization failed')
  if (!node.exists(path)) throw fail(`path "${path}" does not exist`)
  if (node.stat(path).type !== 'directory') throw fail('only directory and block device are supported')
  return subtree(node, path)
}

const persistentVolumeClaim: VolumePlugin = {
  behind(source, { kubelet, pod }) {
    const claim = kubelet.find(
      'persistentvolumeclaims',
      pod.metadata.namespace ?? '',
      claimNameOf(pod, source)!,
    )
    const volume = kubelet.find('persistentvolumes', '', claim?.spec.volumeName ?? '')
    return volume && { name: volume.metadata.name, spec: volume.spec }
  },
  // Of those that are here, only a local volume's plugin does.
  takesGroup(source, worker) {
    return this.behind!(source, worker)?.spec.local !== undefined
  },
  files(source, worker) {
    const { kubelet, pod } = worker
    const { namespace = '' } = pod.metadata
    const claimName = claimNameOf(pod, source)!
    const claim = kubelet.find('persistentvolumeclaims', namespace, claimName)
    if (!claim) throw new VolumeError(`error processing PVC ${namespace}/${claimName}: PVC is not found`)
    const fault = source.ephemeral && foreignClaim(pod, claim)
    if (fault) throw new VolumeError(fault)
    if (claim.status?.phase !== 'Bound')
      throw new VolumeError(`error processing PVC ${namespace}/${claimName}: PVC is not bound`)
    const { hostPath, local } = this.behind!(source, worker)?.spec ?? {}
    if (hostPath) return onNode(kubelet.files, hostPath.path, hostPath.type ?? '')
    if (local) return localPath(kubelet.files, local.path)
    throw new VolumeError('no volume plugin matched')
  },
}

type KeysSource = Pick<ConfigMapVolumeSource, 'items' | 'defaultMode' | 'optional'>

/** Chosen keys, or all of them, as files. */
function keysToFiles(
  data: Readonly<Record<string, string>>,
  { items, defaultMode: mode = defaultMode, optional }: KeysSource,
  missing: (key: string) => string,
): FileTree {
  const files = new Map<string, { text: string; mode: number }>()
  if (!items) for (const key of Object.keys(data).sort()) files.set(key, { text: data[key]!, mode })
  for (const item of items ?? []) {
    const text = ownValue(data, item.key)
    if (text === undefined) {
      if (optional) continue
      throw new VolumeError(missing(item.key))
    }
    files.set(item.path, { text, mode: item.mode ?? mode })
  }
  return files
}

function configMapFiles(source: KeysSource, name: string, worker: PodWorker): FileTree {
  const { namespace = '' } = worker.pod.metadata
  const object = worker.kubelet.objects.configMap(namespace, name)
  if (!object && !source.optional) throw new VolumeError(`configmap "${name}" not found`)
  const data: Record<string, string> = { ...object?.data }
  for (const [key, value] of Object.entries(object?.binaryData ?? {})) data[key] = decodeBase64(String(value))
  return keysToFiles(data, source, key => `configmap references non-existent config key: ${key}`)
}

function secretFiles(source: KeysSource, name: string, worker: PodWorker): FileTree {
  const { namespace = '' } = worker.pod.metadata
  const object = worker.kubelet.objects.secret(namespace, name)
  if (!object && !source.optional) throw new VolumeError(`secret "${name}" not found`)
  const data: Record<string, string> = {}
  for (const [key, value] of Object.entries(object?.data ?? {})) data[key] = decodeBase64(String(value))
  return keysToFiles(data, source, key => `references non-existent secret key: ${key}`)
}

function downwardFiles(source: DownwardAPIVolumeSource, worker: PodWorker): FileTree {
  const { pod, kubelet, runtime } = worker
  const files = new Map<string, { text: string; mode: number }>()
  for (const { path, fieldRef, resourceFieldRef, mode } of source.items ?? []) {
    const text = fieldRef
      ? fieldValue(pod, fieldRef.fieldPath, runtime.sandbox?.state.address ?? '', kubelet.facts)
      : resourceValue(pod, pod.spec.containers[0]!, resourceFieldRef!, kubelet.facts)
    files.set(path, { text, mode: mode ?? source.defaultMode ?? defaultMode })
  }
  return files
}

const none: ProjectedVolumeSource = { sources: [] }

const projected: VolumePlugin = {
  follows: true,
  takesGroup: always,
  inMemory: (_, worker) => memoryOf(worker),
  readOnly: true,
  check({ projected: { sources = [] } = none }, worker) {
    for (const { configMap } of sources)
      if (configMap) configMapFiles(configMap!, configMap!.name ?? '', worker)
  },
  content({ projected: { sources = [], defaultMode: mode = defaultMode } = none }, worker) {
    const files = new Map<string, { text: string; mode: number }>()
    const add = (tree: FileTree) => {
      for (const [path, file] of tree) files.set(path, file)
    }
    for (const { configMap, secret, downwardAPI, serviceAccountToken } of sources) {
      if (configMap) add(configMapFiles({ defaultMode: mode, ...configMap }, configMap.name ?? '', worker))
      if (secret) add(secretFiles({ defaultMode: mode, ...secret }, secret.name ?? '', worker))
      if (downwardAPI) add(downwardFiles({ defaultMode: mode, ...downwardAPI }, worker))
      if (serviceAccountToken)
        files.set(serviceAccountToken.path, {
          text: accountToken(worker.kubelet, worker.pod, serviceAccountToken),
          mode,
        })
    }
    return files
  },
}

const plugins: Readonly<Record<string, VolumePlugin>> = {
  emptyDir,
  hostPath,
  persistentVolumeClaim,
  ephemeral: persistentVolumeClaim,
  projected,
  configMap: {
    follows: true,
    takesGroup: always,
    readOnly: true,
    content: ({ configMap }, worker) => configMapFiles(configMap!, configMap!.name ?? '', worker),
  },
  secret: {
    follows: true,
    takesGroup: always,
    inMemory: (_, worker) => memoryOf(worker),
    readOnly: true,
    content: ({ secret }, worker) => secretFiles(secret!, secret!.secretName ?? '', worker),
  },
  downwardAPI: {
    follows: true,
    takesGroup: always,
    readOnly: true,
    content: ({ downwardAPI }, worker) => downwardFiles(downwardAPI!, worker),
  },
}

export function volumePlugin(volume: Volume): VolumePlugin | undefined {
  for (const key of Object.keys(volume)) {
    const plugin = plugins[key]
    if (plugin) return plugin
  }
  return undefined
}
