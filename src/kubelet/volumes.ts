// A pod's volumes: made before its containers, kept in step with what they are made from, gone with the pod.
// Rules: pkg/kubelet/volumemanager (a look every 100 ms, a wait of 300 ms between questions, 2 min 3 s in all) and the
// plugins of pkg/volume. Left out: attaching, devices, and every plugin that needs a storage system.
import { FileError, type Files } from '../engine/files.ts'
import { MemoryFiles, subtree } from '../engine/memory-files.ts'
import { sleep, type Task } from '../engine/task.ts'
import { expand } from './environment.ts'
import type { PodWorker } from './pod-worker.ts'
import type { Pod } from './types.ts'
import { VolumeFiles } from './volume-files.ts'
import { type FileTree, VolumeError, volumePlugin } from './volume-plugins.ts'

const firstLookMs = 130
const refreshMs = 400
const questionMs = 300
const limitMs = 123_000
const firstBackoffMs = 500
const maximumBackoffMs = 122_000

interface Mounted {
  readonly files: Files
  readonly readOnly: boolean
  /** What was written into it last, where it follows a source. */
  written?: FileTree
}

export class PodVolumes {
  readonly #worker: PodWorker
  readonly #mounted = new Map<string, Mounted>()
  readonly #backoff = new Map<string, { ms: number; next: number }>()
  #cancelled = false

  constructor(worker: PodWorker) {
    this.#worker = worker
  }

  /** It has volumes whose content follows objects of the API (the token volume of every pod does not count). */
  get followSources(): boolean {
    return volumesOf(this.#worker.pod).some(v => volumePlugin(v)?.follows && !isTokenVolume(v))
  }

  /** Stops waiting: the pod is to end. */
  cancel(): void {
    this.#cancelled = true
  }

  /** True when everything is mounted; false where that took too long. */
  *mount(): Task<boolean> {
    const { engine, recorder } = this.#worker.kubelet
    const volumes = volumesOf(this.#worker.pod)
    if ([...this.#mounted.values()].some(mounted => mounted.written)) {
      // The reconciler writes new content a moment later, and nobody waits for it.
      engine.after(refreshMs, () => this.#refresh())
    }
    const missing = () => volumes.filter(v => !this.#mounted.has(v.name))
    if (missing().length === 0) return true
    const began = engine.now
    let ask = began + questionMs
    yield* sleep(firstLookMs)
    for (;;) {
      // The reconciler tries when a volume's back-off is over, the worker asks every 300 ms.
      for (const volume of missing()) this.#try(volume)
      const retries = missing().map(v => this.#backoff.get(v.name)?.next ?? Number.POSITIVE_INFINITY)
      const retry = Math.min(ask, ...retries)
      yield* sleep(retry - engine.now)
      if (retry < ask) continue
      ask += questionMs
      const left = missing()
      if (left.length === 0) return true
      if (this.#cancelled) return false
      if (engine.now - began < limitMs) continue
      const names = left.map(v => v.name).join(' ')
      const message = `Unable to attach or mount volumes: unmounted volumes=[${names}], unattached volumes=[], failed to process volumes=[]: context deadline exceeded`
      recorder.event(this.#worker.pod, 'Warning', 'FailedMount', message)
      return false
    }
  }

  /** The volumes of a pod that runs already. */
  adopt(): void {
    for (const volume of volumesOf(this.#worker.pod)) this.#try(volume)
  }

  *unmount(): Task {
    if (this.#mounted.size === 0) return
    yield* sleep(100)
    this.#mounted.clear()
  }

  /** The files of a volume as one container mounts it. */
  files(name: string, mount: any, env: ReadonlyMap<string, string>): Files | undefined {
    const mounted = this.#mounted.get(name)
    if (!mounted) return undefined
    const path = mount.subPathExpr ? expand(mount.subPathExpr, key => env.get(key)) : mount.subPath
    if (!path) return mounted.files
    if (!mounted.files.exists(`/${path}`)) mounted.files.mkdir(`/${path}`, { parents: true })
    const at = `/${path}`
    // A file is bound as it is now: later changes of its source are not seen.
    if (mounted.files.stat(at).type === 'file') return fixedFile(mounted.files, at)
    return subtree(mounted.files, at)
  }

  isReadOnly(name: string): boolean {
    return this.#mounted.get(name)?.readOnly ?? false
  }

  #try(volume: any): void {
    const { kubelet, pod } = this.#worker
    const waiting = this.#backoff.get(volume.name)
    if (waiting && kubelet.engine.now < waiting.next) return
    try {
      this.#mounted.set(volume.name, this.#setUp(volume))
    } catch (error) {
      if (!(error instanceof VolumeError) && !(error instanceof FileError)) throw error
      const ms = Math.min(waiting ? waiting.ms * 2 : firstBackoffMs, maximumBackoffMs)
      this.#backoff.set(volume.name, { ms, next: kubelet.engine.now + ms })
      const message = `MountVolume.SetUp failed for volume "${volume.name}" : ${error.message}`
      kubelet.recorder.event(pod, 'Warning', 'FailedMount', message)
    }
  }

  #setUp(volume: any): Mounted {
    const plugin = volumePlugin(volume)
    if (!plugin) throw new VolumeError('no volume plugin matched')
    if (plugin.files) return { files: plugin.files(volume, this.#worker), readOnly: plugin.readOnly === true }
    const { engine } = this.#worker.kubelet
    const fsGroup = this.#worker.pod.spec.securityContext?.fsGroup
    const group = fsGroup === undefined ? undefined : String(fsGroup)
    const inMemory = plugin.inMemory === true
    const files = new VolumeFiles({ now: () => engine.now, inMemory, group })
    // The token volume of every pod is written when somebody reads it: most never do.
    if (isTokenVolume(volume)) {
      plugin.check?.(volume, this.#worker)
      let filled = false
      const fill = () => {
        if (filled) return
        filled = true
        writeTree(files, plugin.content!(volume, this.#worker), engine.timestamp)
      }
      return { files: lazily(files, fill), readOnly: true }
    }
    const written = plugin.content!(volume, this.#worker)
    writeTree(files, written, engine.timestamp)
    return { files, readOnly: plugin.readOnly === true, written }
  }

  /** Brings volumes in step with their sources, as every sync of the pod does. */
  #refresh(): void {
    for (const volume of volumesOf(this.#worker.pod)) {
      const mounted = this.#mounted.get(volume.name)
      if (!mounted?.written) continue
      try {
        const content = volumePlugin(volume)!.content!(volume, this.#worker)
        if (sameTree(content, mounted.written)) continue
        writeTree(mounted.files, content, this.#worker.kubelet.engine.timestamp)
        mounted.written = content
      } catch (error) {
        // The source is gone: what was written stays.
        if (!(error instanceof VolumeError)) throw error
        const message = `MountVolume.SetUp failed for volume "${volume.name}" : ${error.message}`
        this.#worker.kubelet.recorder.event(this.#worker.pod, 'Warning', 'FailedMount', message)
      }
    }
  }
}

const volumesOf = (pod: Pod): any[] => pod.spec.volumes ?? []
const isTokenVolume = (volume: any): boolean => volume.name.startsWith('kube-api-access-')

const sameTree = (a: FileTree, b: FileTree): boolean =>
  a.size === b.size &&
  [...a].every(([path, file]) => b.get(path)?.text === file.text && b.get(path)?.mode === file.mode)

/**
 * Writes files the way atomic_writer.go does: into a directory of its own, to which `..data` points, with a link for
 * each name, so that readers see all of the new content at once.
 */
function writeTree(files: Files, content: FileTree, timestamp: string): void {
  const stamp = `..${timestamp.slice(0, 19).replace(/[-T:]/g, '_')}.${String(content.size * 7919 + timestamp.length).padStart(10, '1')}`
  const directory = `/${stamp}`
  const old = files.exists('/..data') ? files.readLink('/..data') : undefined
  const target = old === stamp ? `${stamp}1` : stamp
  const at = old === stamp ? `${directory}1` : directory
  files.mkdir(at)
  for (const [path, { text, mode }] of content) {
    const slash = path.lastIndexOf('/')
    if (slash > 0) files.mkdir(`${at}/${path.slice(0, slash)}`, { parents: true })
    files.write(`${at}/${path}`, text, { mode })
  }
  if (old) files.remove('/..data')
  files.link(target, '/..data')
  const names = new Set([...content.keys()].map(path => path.split('/')[0]!))
  for (const name of files.list('/')) if (!name.startsWith('..') && !names.has(name)) files.remove(`/${name}`)
  for (const name of names) if (!files.list('/').includes(name)) files.link(`..data/${name}`, `/${name}`)
  if (old) files.remove(`/${old}`, { recursive: true })
}

/** The same files, filled before anybody looks at them. */
function lazily(files: Files, fill: () => void): Files {
  const view: any = {}
  for (const method of [
    'stat',
    'exists',
    'read',
    'write',
    'list',
    'mkdir',
    'remove',
    'rename',
    'link',
    'readLink',
    'chmod',
    'mount',
  ] as const)
    view[method] = (...args: unknown[]) => {
      fill()
      return (files[method] as (...all: unknown[]) => unknown).apply(files, args)
    }
  return view
}

/** One file, mounted by itself, as it is now. */
function fixedFile(files: Files, path: string): Files {
  const copy = new MemoryFiles({ now: () => files.stat(path).modified })
  copy.write('/file', files.read(path), { mode: files.stat(path).mode })
  return subtree(copy, '/file')
}
