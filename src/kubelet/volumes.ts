// A pod's volumes: made before its containers, kept in step with what they are made from, gone with the pod.
// Rules: pkg/kubelet/volumemanager (a look every 100 ms, a wait of 300 ms between questions, 2 min 3 s in all) and the
// plugins of pkg/volume. Left out: attaching, devices, and every plugin that needs a storage system.
import type { BindMount } from '../containers/root-files.ts'
import { Disk } from '../engine/disk.ts'
import { formatTime } from '../engine/engine.ts'
import { late, subtree } from '../engine/file-views.ts'
import { FileError, type Files, resolvePath } from '../engine/files.ts'
import { MemoryFiles } from '../engine/memory-files.ts'
import { Random } from '../engine/random.ts'
import { sleep, type Task } from '../engine/task.ts'
import type { Volume, VolumeMount } from '../kinds/schema/types.ts'
import { ConfigError, expand } from './environment.ts'
import type { PodWorker } from './pod-worker.ts'
import type { Pod } from './types.ts'
import { VolumeFiles } from './volume-files.ts'
import { setVolumeOwnership } from './volume-ownership.ts'
import { type FileTree, VolumeError, volumePlugin } from './volume-plugins.ts'

/**
 * The first try: the populator looks every so many ms which volumes are wanted, and the reconciler as often which of those
 * are to be mounted (pkg/kubelet/kubelet.go, reconcilerLoopSleepPeriod); a pod comes at any moment of both.
 */
const lookMs = 100
/**
 * An estimate: from a binding to a try that failed 184 ms were recorded (timelines/pod-config-missing), once; no more is
 * known.
 */
const tryMs = 30
/**
 * From a change to the files that show it. Recorded (scenarios/10-config/14-downward-api): not yet after 0.35 s, and there
 * 1.03 s after the change; nothing tells more, so each moment between is as likely.
 */
const refreshMs = { from: 350, to: 1030 }
/**
 * podAttachAndMountRetryInterval and podAttachAndMountTimeout of pkg/kubelet/volumemanager; the back-off is
 * exponential_backoff.go.
 */
const questionMs = 300
const limitMs = 123_000
const firstBackoffMs = 500
const maximumBackoffMs = 122_000

interface Mounted {
  readonly files: Files
  readonly readOnly: boolean
  /** Its line of the mount table says so where it is in memory: the size that it may have. */
  readonly inMemory?: number
  /** What was written into it last, where it follows a source. */
  written?: FileTree
  /** Gives its files to the pod's group, after each time. */
  readonly own?: (files: Files) => void
}

export class PodVolumes {
  readonly #worker: PodWorker
  readonly #mounted = new Map<string, Mounted>()
  // Few pods need these two.
  #backoff: Map<string, { ms: number; next: number }> | undefined
  #places: Map<string, Disk> | undefined
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
      // The reconciler writes new content a moment later, and nobody waits for it. (A stream of its own: what comes with every
      // sync shall not shift what else happens by chance.)
      const chance = new Random(1).fork(`volumes ${this.#worker.pod.metadata.uid} ${engine.now}`)
      engine.after(chance.between(refreshMs.from, refreshMs.to), () => this.#refresh())
    }
    const missing = () => volumes.filter(v => !this.#mounted.has(v.name))
    if (missing().length === 0) return true
    const began = engine.now
    let ask = began + questionMs
    const chance = new Random(engine.seed).fork(`first look ${this.#worker.pod.metadata.uid}`)
    yield* sleep(chance.between(0, lookMs) + chance.between(0, lookMs) + tryMs)
    for (;;) {
      // The reconciler tries when a volume's back-off is over, the worker asks every 300 ms.
      for (const volume of missing()) this.#try(volume)
      const retries = missing().map(v => this.#backoff?.get(v.name)?.next ?? Number.POSITIVE_INFINITY)
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
    for (const volume of volumesOf(this.#worker.pod)) this.#mounted.set(volume.name, this.#setUp(volume))
  }

  *unmount(): Task {
    if (this.#mounted.size === 0) return
    yield* this.#worker.kubelet.pace.work('leave')
    this.#mounted.clear()
  }

  /** Brings the images onto the node that are volumes; answers with why one could not be had. */
  *pullImages(): Task<{ reason: string; message: string } | undefined> {
    const { kubelet, pod } = this.#worker
    for (const { name, image } of pod.spec.volumes ?? []) {
      if (!image || this.#mounted.has(name)) continue
      const asked = { image: image.reference, imagePullPolicy: image.pullPolicy }
      const result = yield* kubelet.images.ensure(pod, asked, (type, reason, message) =>
        kubelet.recorder.event(pod, type, reason, message),
      )
      if (!result.ok) return result
      this.#mounted.set(name, { files: kubelet.baseFiles(result.found).fork(), readOnly: true })
    }
    return undefined
  }

  /** What a volume takes up on the node's disk. */
  place(name: string): Disk {
    const place = new Disk(Number.POSITIVE_INFINITY, this.#worker.kubelet.storage)
    ;(this.#places ??= new Map()).set(name, place)
    return place
  }

  /** Bytes on the node's disk: of one volume, or of all. */
  onDisk(name?: string): number {
    if (name !== undefined) return this.#places?.get(name)?.used ?? 0
    return [...(this.#places?.values() ?? [])].reduce((sum, { used }) => sum + used, 0)
  }

  /** The pod is gone, and its directories with it. */
  freeStorage(): void {
    for (const place of this.#places?.values() ?? []) place.clear()
  }

  /** All of a volume's files, once it is mounted. */
  filesOf(name: string): Files | undefined {
    return this.#mounted.get(name)?.files
  }

  /** A file in a volume, whether or not a container mounts that; undefined where there is none. */
  readFile(name: string, path: string): string | undefined {
    const files = this.filesOf(name)
    if (!files)
      throw new ConfigError(`cannot find the volume ${JSON.stringify(name)} referenced by FileKeyRef`)
    const at = resolvePath('/', path)
    return files.exists(at) && files.stat(at).type === 'file' ? files.read(at) : undefined
  }

  /** A volume as one container mounts it; undefined where it is none. */
  bind(mount: VolumeMount, env: ReadonlyMap<string, string>): BindMount | undefined {
    const mounted = this.#mounted.get(mount.name)
    if (!mounted) return undefined
    const { files, readOnly, inMemory } = mounted
    return {
      path: mount.mountPath,
      files: this.#part(files, mount, env),
      readOnly: readOnly || mount.readOnly === true,
      ...(inMemory !== undefined && {
        device: 'tmpfs',
        type: 'tmpfs',
        options: `relatime,size=${Math.floor(inMemory / 1024)}k,noswap`,
      }),
    }
  }

  /** All of a volume, or the part that the mount names: a directory is made where there is nothing. */
  #part(files: Files, mount: VolumeMount, env: ReadonlyMap<string, string>): Files {
    const path = mount.subPathExpr ? expand(mount.subPathExpr, key => env.get(key)) : mount.subPath
    if (!path) return files
    const at = `/${path}`
    if (!files.exists(at)) {
      files.mkdir(at, { parents: true })
      files.chmod(at, 0o750)
    }
    // A file is bound as it is now: later changes of its source are not seen.
    return files.stat(at).type === 'file' ? fixedFile(files, at) : subtree(files, at)
  }

  #try(volume: Volume): void {
    const { kubelet, pod } = this.#worker
    const waiting = this.#backoff?.get(volume.name)
    if (waiting && kubelet.engine.now < waiting.next) return
    const { journal } = kubelet
    const { namespace, name, uid } = pod.metadata
    const behind = volumePlugin(volume)?.behind?.(volume, this.#worker)
    const called = behind?.name ?? volume.name
    const plugin = pluginName(behind?.spec ?? volume)
    // A local volume is mounted once for all pods of the node.
    const user = plugin === 'local-volume' ? '' : uid
    const unique = `kubernetes.io/${plugin}/${user && `${user}-`}${called}`
    try {
      if (!waiting)
        journal.log(
          'I',
          'reconciler_common.go:251',
          () =>
            `"operationExecutor.VerifyControllerAttachedVolume started for volume \\"${called}\\" (UniqueName: \\"${unique}\\") pod \\"${name}\\" (UID: \\"${uid}\\") " pod="${namespace}/${name}"`,
        )
      this.#mounted.set(volume.name, this.#setUp(volume))
    } catch (error) {
      if (!(error instanceof VolumeError) && !(error instanceof FileError)) throw error
      const ms = Math.min(waiting ? waiting.ms * 2 : firstBackoffMs, maximumBackoffMs)
      ;(this.#backoff ??= new Map()).set(volume.name, { ms, next: kubelet.engine.now + ms })
      const step = error instanceof VolumeError ? error.step : 'MountVolume.SetUp failed'
      const message = `${step} for volume "${called}" : ${error.message}`
      kubelet.recorder.event(pod, 'Warning', 'FailedMount', message)
      const until = formatTime(kubelet.engine.now + ms)
        .replace('T', ' ')
        .replace('Z', ' +0000 UTC')
      journal.log(
        'E',
        'nestedpendingoperations.go:348',
        () =>
          `Operation for "{volumeName:${unique} podName:${user} nodeName:}" failed. No retries permitted until ${until} (durationBeforeRetry ${ms < 1000 ? `${ms}ms` : `${ms / 1000}s`}). Error: ${step} for volume "${called}" (UniqueName: "${unique}") pod "${name}" (UID: "${uid}") : ${error.message}`,
      )
    }
  }

  #setUp(volume: Volume): Mounted {
    const plugin = volumePlugin(volume)
    if (!plugin) throw new VolumeError('no volume plugin matched')
    const { fsGroup, fsGroupChangePolicy } = this.#worker.pod.spec.securityContext ?? {}
    const own = (files: Files) => {
      if (fsGroup === undefined || !plugin.takesGroup?.(volume, this.#worker)) return
      const onRootMismatch = fsGroupChangePolicy === 'OnRootMismatch'
      setVolumeOwnership(files, fsGroup, { readOnly: plugin.readOnly === true, onRootMismatch })
    }
    const inMemory = plugin.inMemory?.(volume, this.#worker)
    const readOnly = plugin.readOnly === true || volume.persistentVolumeClaim?.readOnly === true
    const common = { readOnly, ...(inMemory !== undefined && { inMemory }) }
    if (plugin.files) {
      const files = plugin.files(volume, this.#worker)
      own(files)
      return { files, ...common }
    }
    const { engine } = this.#worker.kubelet
    const empty = () => new VolumeFiles({ now: () => engine.now, inMemory: inMemory !== undefined })
    // The token volume of every pod is written when somebody reads it: most never do.
    if (isTokenVolume(volume)) {
      plugin.check?.(volume, this.#worker)
      let filled: Files | undefined
      const fill = () => {
        if (filled) return filled
        filled = empty()
        writeTree(filled, plugin.content!(volume, this.#worker), engine.timestamp)
        own(filled)
        return filled
      }
      return { files: late(fill), ...common }
    }
    const files = empty()
    const written = plugin.content!(volume, this.#worker)
    writeTree(files, written, engine.timestamp)
    own(files)
    return { files, ...common, written, own }
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
        mounted.own?.(mounted.files)
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

/** Images are volumes too, but nobody waits for them to be mounted. */
const volumesOf = (pod: Pod): Volume[] => (pod.spec.volumes ?? []).filter(v => !v.image)
const notSources = /^(capacity|accessModes|mountOptions|claimRef|nodeAffinity)$/
/** `configmap`, `host-path`: as the kubelet names the plugin of a pod's volume or of a PersistentVolume's spec. */
const pluginName = (volume: object): string => {
  const key =
    Object.entries(volume).find(
      ([each, value]) => typeof value === 'object' && !notSources.test(each),
    )?.[0] ?? ''
  if (key === 'local') return 'local-volume'
  return /^(emptyDir|hostPath|downwardAPI)$/.test(key)
    ? key.replace('API', 'Api').replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
    : key.toLowerCase()
}
const isTokenVolume = (volume: Volume): boolean => volume.name.startsWith('kube-api-access-')

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

/** One file, mounted by itself, as it is now. */
function fixedFile(files: Files, path: string): Files {
  const copy = new MemoryFiles({ now: () => files.stat(path).modified })
  copy.write('/file', files.read(path), { mode: files.stat(path).mode })
  return subtree(copy, '/file')
}
