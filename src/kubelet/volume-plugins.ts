// What each kind of volume holds: pkg/volume/{emptydir,hostpath,configmap,secret,downwardapi,projected,local}. A plugin
// gives either a file system or a tree of files that follows objects of the API.

import type { ContainerSpec } from '../containers/types.ts'
import type { Files } from '../engine/files.ts'
import { MemoryFiles, subtree } from '../engine/memory-files.ts'
import { decodeBase64, fieldValue, resourceValue } from './environment.ts'
import type { PodWorker } from './pod-worker.ts'

export type FileTree = ReadonlyMap<string, { readonly text: string; readonly mode: number }>

/** Why a volume cannot be mounted now. */
export class VolumeError extends Error {}

export interface VolumePlugin {
  files?(volume: any, worker: PodWorker): Files
  content?(volume: any, worker: PodWorker): FileTree
  check?(volume: any, worker: PodWorker): void
  readonly readOnly?: boolean
  readonly follows?: boolean
  readonly inMemory?: boolean
}

const defaultMode = 0o644

const emptyDir: VolumePlugin = {
  files: (_, { kubelet }) => new MemoryFiles({ now: () => kubelet.engine.now }),
}

const hostPath: VolumePlugin = {
  files: ({ hostPath: { path, type = '' } }, { kubelet }) => onNode(kubelet.files, path, type),
}

/** A directory or file of the node; what the type asks for is made or must be there. */
function onNode(node: Files, path: string, type: string): Files {
  const there = node.exists(path)
  if (!there) {
    if (type === 'FileOrCreate') node.write(path, '')
    else if (type === '' || type === 'DirectoryOrCreate') node.mkdir(path, { parents: true })
    else
      throw new VolumeError(
        `hostPath type check failed: ${path} is not a ${type === 'File' ? 'file' : 'directory'}`,
      )
  } else {
    const is = node.stat(path).type
    if (type.startsWith('File') && is !== 'file')
      throw new VolumeError(`hostPath type check failed: ${path} is not a file`)
    if (type.startsWith('Directory') && is !== 'directory')
      throw new VolumeError(`hostPath type check failed: ${path} is not a directory`)
  }
  return path === '/' ? node : subtree(node, path)
}

const persistentVolumeClaim: VolumePlugin = {
  files({ persistentVolumeClaim: { claimName } }, { kubelet, pod }) {
    const { namespace = '' } = pod.metadata
    const claim = kubelet.find('persistentvolumeclaims', namespace, claimName)
    if (!claim) throw new VolumeError(`error processing PVC ${namespace}/${claimName}: PVC is not found`)
    if (claim.status?.phase !== 'Bound')
      throw new VolumeError(`error processing PVC ${namespace}/${claimName}: PVC is not bound`)
    const volume = kubelet.find('persistentvolumes', '', claim.spec.volumeName)
    const path = volume?.spec.hostPath?.path ?? volume?.spec.local?.path
    if (!path) throw new VolumeError('no volume plugin matched')
    return onNode(kubelet.files, path, volume?.spec.hostPath?.type ?? (volume?.spec.local ? 'Directory' : ''))
  },
}

/** Chosen keys, or all of them, as files. */
function keysToFiles(
  data: Readonly<Record<string, string>>,
  { items, defaultMode: mode = defaultMode, optional }: any,
  missing: (key: string) => string,
): FileTree {
  const files = new Map<string, { text: string; mode: number }>()
  if (!items) for (const key of Object.keys(data).sort()) files.set(key, { text: data[key]!, mode })
  for (const item of items ?? []) {
    const text = data[item.key]
    if (text === undefined) {
      if (optional) continue
      throw new VolumeError(missing(item.key))
    }
    files.set(item.path, { text, mode: item.mode ?? mode })
  }
  return files
}

function configMapFiles(source: any, name: string, worker: PodWorker): FileTree {
  const { namespace = '' } = worker.pod.metadata
  const object = worker.kubelet.objects.configMap(namespace, name)
  if (!object && !source.optional) throw new VolumeError(`configmap "${name}" not found`)
  const data: Record<string, string> = { ...object?.data }
  for (const [key, value] of Object.entries(object?.binaryData ?? {})) data[key] = decodeBase64(String(value))
  return keysToFiles(data, source, key => `configmap references non-existent config key: ${key}`)
}

function secretFiles(source: any, name: string, worker: PodWorker): FileTree {
  const { namespace = '' } = worker.pod.metadata
  const object = worker.kubelet.objects.secret(namespace, name)
  if (!object && !source.optional) throw new VolumeError(`secret "${name}" not found`)
  const data: Record<string, string> = {}
  for (const [key, value] of Object.entries(object?.data ?? {})) data[key] = decodeBase64(String(value))
  return keysToFiles(data, source, key => `references non-existent secret key: ${key}`)
}

function downwardFiles(source: any, worker: PodWorker): FileTree {
  const { pod, kubelet, runtime } = worker
  const files = new Map<string, { text: string; mode: number }>()
  for (const { path, fieldRef, resourceFieldRef, mode } of source.items ?? []) {
    const text = fieldRef
      ? fieldValue(pod, fieldRef.fieldPath, runtime.sandbox?.state.address ?? '', kubelet.facts)
      : resourceValue(pod, pod.spec.containers[0] as ContainerSpec, resourceFieldRef, kubelet.facts)
    files.set(path, { text, mode: mode ?? source.defaultMode ?? defaultMode })
  }
  return files
}

const projected: VolumePlugin = {
  follows: true,
  inMemory: true,
  readOnly: true,
  check({ projected: { sources = [] } }, worker) {
    for (const { configMap } of sources) if (configMap) configMapFiles(configMap, configMap.name, worker)
  },
  content({ projected: { sources = [], defaultMode: mode = defaultMode } }, worker) {
    const files = new Map<string, { text: string; mode: number }>()
    const add = (tree: FileTree) => {
      for (const [path, file] of tree) files.set(path, file)
    }
    for (const { configMap, secret, downwardAPI, serviceAccountToken } of sources) {
      if (configMap) add(configMapFiles({ defaultMode: mode, ...configMap }, configMap.name, worker))
      if (secret) add(secretFiles({ defaultMode: mode, ...secret }, secret.name, worker))
      if (downwardAPI) add(downwardFiles({ defaultMode: mode, ...downwardAPI }, worker))
      if (serviceAccountToken)
        files.set(serviceAccountToken.path, {
          text: worker.kubelet.token(worker.pod, serviceAccountToken),
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
  projected,
  configMap: {
    follows: true,
    readOnly: true,
    content: ({ configMap }, worker) => configMapFiles(configMap, configMap.name, worker),
  },
  secret: {
    follows: true,
    inMemory: true,
    readOnly: true,
    content: ({ secret }, worker) => secretFiles(secret, secret.secretName, worker),
  },
  downwardAPI: {
    follows: true,
    readOnly: true,
    content: ({ downwardAPI }, worker) => downwardFiles(downwardAPI, worker),
  },
}

export function volumePlugin(volume: any): VolumePlugin | undefined {
  for (const key of Object.keys(volume)) {
    const plugin = plugins[key]
    if (plugin) return plugin
  }
  return undefined
}
