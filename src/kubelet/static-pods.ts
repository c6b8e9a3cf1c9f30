// Static pods: the kubelet runs what the manifests in a directory of its node's disk say, and shows each in the API by a
// mirror pod (pkg/kubelet/config/file_linux.go, common.go; pkg/kubelet/pod/mirror_client.go). A manifest that goes takes
// its pod with it, one that changes makes another pod of the same name.
// Where the API server is away (it may be one of them) they run all the same, and are shown when it is back.
import { expectRefusal } from '../api/errors.ts'
import type { Timer } from '../engine/event-queue.ts'
import { Random } from '../engine/random.ts'
import { findKind } from '../kinds/index.ts'
import { parseYaml } from '../yaml/parse.ts'
import type { Kubelet } from './kubelet.ts'
import type { PodWorker } from './pod-worker.ts'
import type { Pod } from './types.ts'

const manifestDirectory = '/etc/kubernetes/manifests'

/** inotify tells of a change at once; the sync loop gets to it a moment later: an estimate. */
const noticeMs = 200
/** fileCheckFrequency of the configuration, as documented. */
const retryMs = 20_000
/** A sync that failed to show its pod comes again (backOffPeriod of pkg/kubelet/kubelet.go). */
const catchUpMs = 10_000

interface Source {
  readonly text: string
  worker?: PodWorker
}

export class StaticPods {
  readonly #kubelet: Kubelet
  readonly #sources = new Map<string, Source>()
  /** What runs without being shown. */
  readonly #hidden = new Set<PodWorker>()
  /** What is still shown, though it runs no more. */
  readonly #stale = new Map<string, Pod>()
  #next: { readonly due: number; readonly timer: Timer } | undefined

  constructor(kubelet: Kubelet) {
    this.#kubelet = kubelet
  }

  /** Something on the node's disk was changed. */
  changed(path: string): void {
    if (!path.startsWith(`${manifestDirectory}/`)) return
    const worker = this.#fromTheStart(path)
    if (worker) this.#sources.set(path, { text: this.#kubelet.files.read(path), worker })
    else this.#schedule(noticeMs)
  }

  /** The pod that a manifest is of which is written while the world is made: it runs already. */
  #fromTheStart(path: string): PodWorker | undefined {
    const { engine, files, name: node, workers } = this.#kubelet
    if (engine.now !== engine.epoch || !files.exists(path)) return undefined
    const name = path.slice(manifestDirectory.length + 1).replace(/\.yaml$/, `-${node}`)
    for (const worker of workers) if (worker.pod.metadata.name === name) return worker
    return undefined
  }

  /** A mirror pod that is deleted comes back while its manifest is there. */
  isWanted(worker: PodWorker): boolean {
    const { uid } = worker.pod.metadata
    for (const source of this.#sources.values()) if (source.worker?.pod.metadata.uid === uid) return true
    // Those of the control plane are known by their mirrors until their manifests are looked at.
    return worker.phase === 'syncing'
  }

  /** A pod's containers have ended: its mirror goes, and what waits for its name may come. */
  ended(worker: PodWorker): void {
    this.#hidden.delete(worker)
    this.#hide(worker.pod)
    this.#schedule(noticeMs)
  }

  #hide(pod: Pod): void {
    const { namespace = '', name, uid = '' } = pod.metadata
    this.#stale.delete(uid)
    try {
      this.#kubelet.pods.delete(namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } })
    } catch (error) {
      expectRefusal(error)
      // Somebody else was first, or the API server is away.
      if (error.code >= 500) this.#stale.set(uid, pod)
    }
  }

  /** The next look comes in so many ms, or sooner where it was to come sooner. */
  #schedule(ms: number): void {
    const { engine } = this.#kubelet
    const due = engine.now + ms
    if (this.#next && this.#next.due <= due) return
    this.#next?.timer.cancel()
    const look = () => {
      this.#next = undefined
      if (!this.#kubelet.stopped) this.#look()
    }
    // Nobody waits for it: a world whose manifests nobody touches stands still.
    this.#next = { due, timer: engine.after(ms, look, { background: true }) }
  }

  /** The API server may have come back. */
  #catchUp(): void {
    for (const worker of this.#hidden) if (this.#kubelet.mirror(worker)) this.#hidden.delete(worker)
    for (const pod of [...this.#stale.values()]) this.#hide(pod)
    if (this.#hidden.size || this.#stale.size) this.#schedule(catchUpMs)
  }

  #look(): void {
    const { files } = this.#kubelet
    const present = new Map<string, string>()
    for (const name of files.exists(manifestDirectory) ? files.list(manifestDirectory) : []) {
      const path = `${manifestDirectory}/${name}`
      if (!name.startsWith('.') && files.stat(path).type === 'file') present.set(path, files.read(path))
    }
    for (const [path, source] of this.#sources) {
      if (present.get(path) === source.text) continue
      source.worker?.terminate()
      this.#sources.delete(path)
    }
    for (const [path, text] of present) if (!this.#sources.has(path)) this.#read(path, text)
    this.#catchUp()
  }

  #read(path: string, text: string): void {
    const pod = this.#parse(path, text)
    if (!pod) {
      this.#sources.set(path, { text })
      return
    }
    const running = this.#named(pod)
    if (running?.mayRun || running?.phase === 'terminated') {
      // It ran already when this world began; or another of its name has to end first.
      if (running.phase === 'syncing') this.#sources.set(path, { text, worker: running })
      return
    }
    try {
      const mirror = this.#kubelet.pods.create(pod)
      this.#sources.set(path, { text, worker: this.#kubelet.startStatic(mirror) })
    } catch (error) {
      expectRefusal(error)
      const why = JSON.stringify((error as Error).message)
      this.#kubelet.journal.log(
        'E',
        'kubelet.go:3337',
        () =>
          `"Failed creating a mirror pod" err=${why} pod="${pod.metadata.namespace}/${pod.metadata.name}"`,
      )
      if (error.code < 500) this.#schedule(retryMs)
      else {
        const worker = this.#kubelet.startStatic(this.#withDefaults(pod))
        this.#sources.set(path, { text, worker })
        this.#hidden.add(worker)
      }
    }
  }

  /** As the API server would have made it, but with a uid of the kubelet's own. */
  #withDefaults(pod: Pod): Pod {
    const { engine } = this.#kubelet
    const { kind } = findKind('', 'v1', 'Pod')!
    const own: Pod = JSON.parse(JSON.stringify(pod))
    own.metadata.uid = own.metadata.annotations?.['kubernetes.io/config.hash']
    own.metadata.creationTimestamp = engine.timestamp
    kind.defaults?.(own)
    kind.prepareForCreate?.(own, { now: engine.now, timestamp: engine.timestamp })
    return own
  }

  #named({ metadata }: Pod): PodWorker | undefined {
    for (const worker of this.#kubelet.workers) {
      const { name, namespace } = worker.pod.metadata
      if (name === metadata.name && namespace === metadata.namespace) return worker
    }
    return undefined
  }

  /** The pod of a manifest, with what the kubelet adds (applyDefaults); undefined where it is none. */
  #parse(path: string, text: string): Pod | undefined {
    const { name: node, engine, journal } = this.#kubelet
    let object: Partial<Pod> & { problem?: string }
    try {
      object = Object(parseYaml(text))
    } catch (error) {
      object = { problem: (error as Error).message }
    }
    if (object?.kind !== 'Pod' || !object.metadata?.name) {
      const why = object?.problem ?? 'invalid pod'
      journal.log(
        'E',
        'file.go:182',
        () =>
          `"Could not process manifest file" err=${JSON.stringify(`${path}: couldn't parse as pod(${why}), please check config file`)} path="${path}"`,
      )
      return undefined
    }
    const hash = new Random(1).fork(`${path} ${text}`).hex(32)
    const { metadata, spec } = object
    const uid = this.#kubelet.find('nodes', '', node)?.metadata.uid
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...metadata,
        name: `${metadata.name}-${node}`,
        namespace: metadata.namespace ?? 'default',
        annotations: {
          ...metadata.annotations,
          'kubernetes.io/config.hash': hash,
          'kubernetes.io/config.mirror': hash,
          'kubernetes.io/config.seen': engine.timestamp.replace('Z', '.000000000Z'),
          'kubernetes.io/config.source': 'file',
        },
        ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: node, uid: uid ?? '', controller: true }],
      },
      spec: {
        containers: [],
        ...spec,
        nodeName: node,
        tolerations: [...(spec?.tolerations ?? []), { operator: 'Exists', effect: 'NoExecute' }],
      },
      status: {},
    }
  }
}
