// The runtime's side of one pod: its sandbox (network namespace and address) and its containers, dead ones included as
// long as the kubelet keeps them (the newest dead one of each name, for `lastState` and `logs --previous`).

import { allCapabilities, identityOf } from '../containers/capabilities.ts'
import type { Container } from '../containers/container.ts'
import { PidNamespace, type RunningProcess } from '../containers/processes.ts'
import type { Engine } from '../engine/engine.ts'
import type { Host } from '../network/host.ts'
import type { HostNetwork } from '../network/host-network.ts'
import type { PodRuntimeState, SandboxState } from './types.ts'

export interface Sandbox {
  readonly host: Host
  readonly network: HostNetwork
  state: SandboxState
}

const pauseArguments = ['/pause']
const pauseIdentity = identityOf(65535, 65535, [], new Set())
const root = identityOf(0, 0, [], allCapabilities)

/** It runs as a user of its own, and reaps the processes that nobody waits for. */
const pause = (startedAt: number): RunningProcess => ({
  argv: pauseArguments,
  identity: pauseIdentity,
  startedAt,
  signal: () => true,
})

/** The runtime's process beside each pod, which starts all others of it. */
class Shim implements RunningProcess {
  readonly identity = root
  readonly startedAt: number
  readonly #id: () => string

  constructor(id: () => string, startedAt: number) {
    this.#id = id
    this.startedAt = startedAt
  }

  get argv(): readonly string[] {
    const command = `/usr/bin/containerd-shim-runc-v2 -namespace k8s.io -id ${this.#id()} -address /run/containerd/containerd.sock`
    return command.split(' ')
  }

  signal(): boolean {
    return false
  }
}

export class PodRuntime {
  readonly engine: Engine
  sandbox: Sandbox | undefined
  /** Newest first. */
  #containers: Container[] = []
  readonly #onChange: () => void
  readonly #nodePids: PidNamespace
  #shim: ReturnType<PidNamespace['add']> | undefined
  #pause: ReturnType<PidNamespace['add']> | undefined
  #sandboxPids: PidNamespace | undefined

  constructor(engine: Engine, nodePids: PidNamespace, onChange: () => void) {
    this.engine = engine
    this.#nodePids = nodePids
    this.#onChange = onChange
  }

  /** The sandbox is there, and with it the processes that hold it (since `startedAt`, in ms). */
  open(sandbox: Sandbox, id: () => string, startedAt = this.engine.now): void {
    this.sandbox = sandbox
    this.#shim = this.#nodePids.add(new Shim(id, startedAt))
    this.#sandboxPids = this.pidsOfItsOwn()
    this.#pause = this.#sandboxPids.add(pause(startedAt))
  }

  /** Its sandbox is gone. */
  close(): void {
    this.#pause?.remove()
    this.#shim?.remove()
  }

  /** For a container that shares its processes with nobody. */
  pidsOfItsOwn(): PidNamespace {
    return new PidNamespace(this.#nodePids, this.#shim && { startedBy: this.#shim.pid })
  }

  /** The processes of all of its containers, where they share them; the first is the sandbox's own. */
  get sharedPids(): PidNamespace {
    return this.#sandboxPids ?? this.pidsOfItsOwn()
  }

  changed = (): void => this.#onChange()

  get containers(): readonly Container[] {
    return this.#containers
  }

  /** The runtime's state now; the kubelet acts on what its PLEG saw last. */
  snapshot(): PodRuntimeState {
    return { sandbox: this.sandbox?.state, containers: this.#containers.map(c => c.state) }
  }

  add(container: Container): void {
    this.#containers.unshift(container)
    let seen = 0
    this.#containers = this.#containers.filter(c => {
      const stays = c.state.name !== container.state.name || ++seen <= 2
      if (!stays) c.options.layer?.clear()
      return stays
    })
  }

  /** A container that has ended is removed by hand. */
  forget(container: Container): void {
    this.#containers = this.#containers.filter(each => each !== container)
    container.options.layer?.clear()
    this.changed()
  }

  /** The pod is gone, and the layers of its containers with it. */
  freeStorage(): void {
    for (const { options } of this.#containers) options.layer?.clear()
  }

  /** The newest container of a name. */
  find(name: string): Container | undefined {
    return this.#containers.find(c => c.state.name === name)
  }

  /** The one before it. */
  previous(name: string): Container | undefined {
    return this.#containers.filter(c => c.state.name === name)[1]
  }

  byId(id: string): Container | undefined {
    return this.#containers.find(c => c.state.id === id)
  }

  get running(): Container[] {
    return this.#containers.filter(c => c.running)
  }
}
