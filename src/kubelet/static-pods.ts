// Static pods: the kubelet runs what the manifests in a directory of its node's disk say, and shows each in the API by a
// mirror pod (pkg/kubelet/config/file_linux.go, common.go; pkg/kubelet/pod/mirror_client.go). A manifest that goes takes
// its pod with it, one that changes makes another pod of the same name.
// Left out: a manifest that is read while the API server is away waits for it, as defaults come from there. Of the control
// plane's own pods, the scheduler stops with its pod; the others' work is done elsewhere and goes on without them.
import { Random } from '../engine/random.ts'
import { parseYaml } from '../yaml/parse.ts'
import type { Kubelet } from './kubelet.ts'
import type { PodWorker } from './pod-worker.ts'
import type { Pod } from './types.ts'

export const manifestDirectory = '/etc/kubernetes/manifests'

/** inotify tells of a change at once; the sync loop gets to it a moment later. */
const noticeMs = 200
const retryMs = 20_000

interface Source {
  readonly text: string
  worker?: PodWorker
}

export class StaticPods {
  readonly #kubelet: Kubelet
  readonly #sources = new Map<string, Source>()
  #scheduled = false

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
    const { namespace = '', name } = worker.pod.metadata
    try {
      this.#kubelet.pods.delete(namespace, name, { gracePeriodSeconds: 0 })
    } catch {
      // Somebody else was first, or the API server is away.
    }
    this.#schedule(noticeMs)
  }

  #schedule(ms: number): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#kubelet.engine.after(
      ms,
      () => {
        this.#scheduled = false
        if (!this.#kubelet.stopped) this.#look()
      },
      // Nobody waits for it: a world whose manifests nobody touches stands still.
      { background: true },
    )
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
      const why = JSON.stringify((error as Error).message)
      this.#kubelet.journal.log(
        'E',
        'kubelet.go:3337',
        `"Failed creating a mirror pod" err=${why} pod="${pod.metadata.namespace}/${pod.metadata.name}"`,
      )
      this.#schedule(retryMs)
    }
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
    let object: any
    try {
      object = parseYaml(text)
    } catch (error) {
      object = { problem: (error as Error).message }
    }
    if (object?.kind !== 'Pod' || !object.metadata?.name) {
      const why = object?.problem ?? 'invalid pod'
      journal.log(
        'E',
        'file.go:182',
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
        ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: node, uid, controller: true }],
      },
      spec: {
        ...spec,
        nodeName: node,
        tolerations: [...(spec?.tolerations ?? []), { operator: 'Exists', effect: 'NoExecute' }],
      },
    } as Pod
  }
}
