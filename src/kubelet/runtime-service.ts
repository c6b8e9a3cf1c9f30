// containerd as a service of its node: it can be stopped. What runs runs on (each container has a shim of its own), but
// nothing can be made, ended or looked into, and after half a minute the kubelet calls its node not ready.
import type { Kubelet } from './kubelet.ts'

/** How old the last answer of the runtime may be (maxWaitForContainerRuntime of pkg/kubelet/kubelet.go). */
const patienceMs = 30_000
const about = 'containerd.service - containerd container runtime'

export const unavailable =
  'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory"'

export class RuntimeService {
  readonly #kubelet: Kubelet
  #timer: { cancel(): void } | undefined
  active = true

  constructor(kubelet: Kubelet) {
    this.#kubelet = kubelet
  }

  stop(): void {
    if (!this.active) return
    this.active = false
    const { engine, heartbeat, journal, files, services } = this.#kubelet
    services.stop('containerd')
    journal.service('containerd', `Stopped ${about}.`)
    if (files.exists(socket)) files.remove(socket)
    this.#timer = engine.after(patienceMs, () => heartbeat.setReady('container runtime is down'))
  }

  start(): void {
    if (this.active) return
    this.active = true
    this.#timer?.cancel()
    const { heartbeat, journal, files, workers, services } = this.#kubelet
    services.start('containerd')
    journal.service('containerd', `Started ${about}.`)
    files.makeSpecial(socket, 'socket')
    heartbeat.setReady()
    for (const worker of workers) worker.wake()
  }
}

const socket = '/run/containerd/containerd.sock'
