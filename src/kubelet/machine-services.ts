// What a node runs beside its pods: the processes of its own services, as ps and systemctl see them.
import { allCapabilities, identityOf } from '../containers/capabilities.ts'
import type { PidNamespace } from '../containers/processes.ts'
import type { Engine } from '../engine/engine.ts'

const root = identityOf(0, 0, [], allCapabilities)

/** `age`: ms that it has run when the world begins; `pid`: the number that it had then. */
const services = {
  init: { pid: 1, age: 620_000, command: '/sbin/init' },
  journald: { pid: 412, age: 610_000, command: '/lib/systemd/systemd-journald' },
  sshd: { pid: 688, age: 600_000, command: 'sshd: /usr/sbin/sshd -D' },
  containerd: { pid: 742, age: 500_000, command: '/usr/bin/containerd' },
  docker: {
    pid: 858,
    age: 495_000,
    command: '/usr/sbin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock',
  },
  kubelet: {
    pid: 1015,
    age: 480_000,
    command:
      '/usr/bin/kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml',
  },
} as const

export type MachineService = keyof typeof services

export class MachineServices {
  readonly #engine: Engine
  readonly #pids: PidNamespace
  readonly #running = new Map<MachineService, ReturnType<PidNamespace['add']>>()
  readonly #last = new Map<MachineService, number>()

  /** `without`: services that this machine does not have. */
  constructor(engine: Engine, pids: PidNamespace, without: readonly MachineService[] = []) {
    this.#engine = engine
    this.#pids = pids
    for (const name of Object.keys(services) as MachineService[]) {
      if (without.includes(name)) continue
      const { pid, age } = services[name]
      this.#run(name, engine.epoch - age, pid)
    }
  }

  commandOf(name: MachineService): string {
    return services[name].command
  }

  /** The number of its process, the last one where it does not run. */
  pidOf(name: MachineService): number {
    return this.#last.get(name) ?? 0
  }

  /** A new process, with a new number. */
  start(name: MachineService): void {
    if (!this.#running.has(name)) this.#run(name, this.#engine.now)
  }

  stop(name: MachineService): void {
    this.#running.get(name)?.remove()
    this.#running.delete(name)
  }

  #run(name: MachineService, startedAt: number, at?: number): void {
    const argv = services[name].command.split(' ')
    const process = { argv, identity: root, startedAt, signal: () => false }
    const added = this.#pids.add(process, at === undefined ? {} : { at })
    this.#running.set(name, added)
    this.#last.set(name, added.pid)
  }
}
