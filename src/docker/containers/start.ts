// A container of docker's runs: its places on networks, its published ports, its files and its first process; and what
// the daemon does when that ends: it clears away, and starts it anew where its restart policy says so.
// Rules: moby 28, daemon/start.go, daemon/monitor.go and restartmanager.
import { allCapabilities, identityOf } from '../../containers/capabilities.ts'
import type { Container } from '../../containers/container.ts'
import { memoryFiles } from '../../containers/memory-disk.ts'
import { PidNamespace } from '../../containers/processes.ts'
import type { BindMount } from '../../containers/root-files.ts'
import { UnknownUser } from '../../containers/security.ts'
import { subtree } from '../../engine/file-views.ts'
import type { Network } from '../../engine/network.ts'
import { Deferred, Fiber, sleep, type Task, wait, withTimeout } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { makeContainer } from '../daemon/launch.ts'
import type { DockerContainer, MountPoint } from '../daemon/state.ts'
import { DaemonError } from '../errors.ts'
import { ContainerNetwork } from '../networks/container-network.ts'
import { connect, disconnect, knownNames, networkOf, servedNames } from '../networks/networks.ts'
import { containerEvent } from './events.ts'
import { watchHealth } from './health.ts'
import { hostsFile, resolvFile } from './network-files.ts'
import { publishPorts, unpublishPorts } from './publish.ts'
import { removeContainer } from './remove.ts'

/** A restart waits twice as long each time, from here to there (moby restartmanager.go). */
const firstBackoffMs = 100
const longestBackoffMs = 60_000
/** Of so many runs the output is kept. */
const keptLogs = 200
/** A run that was longer than this is taken for a good one (moby restartmanager.go). */
const goodRunMs = 10_000

export interface StartOptions {
  /** Called as soon as the container is made, before anything runs in it. */
  readonly attach?: (container: Container) => void
  readonly terminal?: { readonly columns: number; readonly rows: number } | undefined
}

/** Starts a container that does not run; throws why that cannot be done. */
export function* startContainer(daemon: Daemon, docker: DockerContainer, options: StartOptions = {}): Task {
  if (docker.status === 'paused')
    throw new DaemonError('cannot start a paused container, try unpause instead')
  if (docker.status === 'running') return
  docker.stoppedByHand = false
  docker.cancelRestart?.()
  docker.cancelRestart = undefined
  if (docker.ended.settled) docker.ended = new Deferred()
  try {
    yield* sleep(daemon.chance.run('network'))
    const network = openNetwork(daemon, docker)
    yield* sleep(daemon.chance.run('start'))
    launch(daemon, docker, network, options)
    // Until the daemon has heard of the process and answers.
    yield* sleep(daemon.chance.run('answer'))
  } catch (error) {
    if (!(error instanceof DaemonError)) throw error
    docker.exitCode = exitCodeOf(error.reason)
    docker.error = error.reason
    closeNetwork(daemon, docker)
    if (docker.settings.autoRemove) removeContainer(daemon, docker)
    throw error
  }
  docker.status = 'running'
  docker.startedAt = daemon.engine.now
  docker.error = ''
  docker.exitCode = 0
  docker.outOfMemory = false
  containerEvent(daemon, docker, 'start')
  watchHealth(daemon, docker)
}

const exitCodeOf = (reason: string): number =>
  /executable file not found|no such file or directory/.test(reason)
    ? 127
    : /permission denied|is a directory/.test(reason)
      ? 126
      : 128

const failed = (why: string): DaemonError =>
  new DaemonError(
    `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${why}: unknown`,
  )

/** The network that its processes see: the machine's, another container's, or one of its own. */
function openNetwork(daemon: Daemon, docker: DockerContainer): Network {
  const { machine, engine } = daemon
  const { network, places } = docker.settings
  if (network === 'host') {
    connect(daemon, docker, networkOf(daemon, 'host'), { name: 'host', aliases: [], address: '' })
    return machine.network
  }
  if (network.startsWith('container:')) {
    const other = daemon.container(network.slice(10))
    if (!other.network)
      throw new DaemonError(
        `cannot join network namespace of a non running container: container ${other.name} is ${other.status}`,
      )
    return other.network
  }
  docker.network = new ContainerNetwork({
    alone: () => machine.attach(`none-${docker.id}`, () => knownNames(daemon, docker)),
    served: () => servedNames(daemon, docker),
    subnets: () => [...daemon.networks.values()].flatMap(({ subnet }) => subnet || []),
    *awake(patienceMs) {
      const end = engine.now + patienceMs
      while (docker.status === 'paused' && engine.now < end)
        if (end === Number.POSITIVE_INFINITY) yield* wait(docker.resumed)
        else yield* withTimeout(docker.resumed, end - engine.now)
      return docker.status !== 'paused'
    },
  })
  for (const place of places) {
    const found = daemon.networks.get(place.name)
    if (!found && !networkKnown(daemon, place.name))
      throw new DaemonError(`failed to set up container networking: network ${place.name} not found`)
    connect(daemon, docker, networkOf(daemon, place.name), place)
  }
  publishPorts(daemon, docker)
  return docker.network
}

const networkKnown = (daemon: Daemon, text: string): boolean => {
  try {
    networkOf(daemon, text)
    return true
  } catch (error) {
    if (!(error instanceof DaemonError)) throw error
    return false
  }
}

function closeNetwork(daemon: Daemon, docker: DockerContainer): void {
  unpublishPorts(daemon, docker)
  for (const name of [...docker.endpoints.keys()]) disconnect(daemon, docker, name)
  docker.network?.close()
  docker.network = undefined
}

const root = identityOf(0, 0, [], allCapabilities)

function launch(
  daemon: Daemon,
  docker: DockerContainer,
  network: Network,
  { attach, terminal }: StartOptions,
): void {
  const { machine, engine } = daemon
  const { id, name, settings, files } = docker
  if (settings.init) throw new DaemonError('exec: "docker-init": executable file not found in $PATH')
  const image = daemon.images.get(settings.imageId)
  if (!image || !files) throw new DaemonError(`No such image: ${settings.imageId}`)
  const { hostname } = settings
  // A root that its processes may only read was sealed by the run before.
  files.seal(false)
  // An image from scratch may have no directory at all.
  if (!files.exists('/etc')) files.mkdir('/etc')
  files.write('/etc/hostname', `${hostname}\n`)
  files.write('/etc/hosts', hostsFile(daemon, docker))
  files.write('/etc/resolv.conf', resolvFile(daemon, docker))
  const argv = [...(settings.entrypoint ?? []), ...(settings.cmd ?? [])]
  const shim = machine.pids.add({
    argv: `/usr/bin/containerd-shim-runc-v2 -namespace moby -id ${id} -address /run/containerd/containerd.sock`.split(
      ' ',
    ),
    identity: root,
    startedAt: engine.now,
    signal: () => false,
  })
  let container: Container
  try {
    container = makeContainer(daemon, {
      id,
      name,
      imageName: settings.imageName,
      image: image.image,
      files,
      argv,
      env: settings.env,
      cwd: settings.workingDir,
      user: settings.user,
      hostname,
      network,
      mounts: mountsOf(daemon, settings.mounts),
      memory: settings.memory,
      sharedMemory: settings.sharedMemory,
      cpus: settings.nanoCpus / 1e9,
      tty: settings.tty,
      terminal,
      privileged: settings.privileged,
      capAdd: settings.capAdd,
      capDrop: settings.capDrop,
      groups: settings.groups.filter(each => /^\d+$/.test(each)).map(Number),
      readOnlyRoot: settings.readOnlyRoot,
      pids: pidsOf(daemon, docker, shim.pid),
      restartCount: docker.restartCount,
    })
  } catch (error) {
    shim.remove()
    if (!(error instanceof UnknownUser)) throw error
    throw new DaemonError(error.message)
  }
  docker.container = container
  docker.logs.push(container.log)
  if (docker.logs.length > keptLogs) docker.logs.shift()
  attach?.(container)
  const why = container.start(settings.openStdin)
  if (why !== undefined) {
    shim.remove()
    docker.logs.pop()
    throw failed(why)
  }
  container.ended.start(engine, () => {
    shim.remove()
    new Fiber(engine, over(daemon, docker, container))
  })
}

function pidsOf(daemon: Daemon, { settings: { pid } }: DockerContainer, shim: number): PidNamespace {
  if (pid === 'host') return daemon.machine.pids
  const other = pid.startsWith('container:') ? daemon.container(pid.slice(10)).container : undefined
  return other?.options.pids ?? new PidNamespace(daemon.machine.pids, { startedBy: shim })
}

function mountsOf(daemon: Daemon, mounts: readonly MountPoint[]): BindMount[] {
  const depth = ({ path }: BindMount) => path.split('/').length
  return mounts
    .map(({ type, source, target, readOnly, on, size }): BindMount => {
      if (type === 'tmpfs')
        return {
          path: target,
          files: container => memoryFiles(container, size ?? daemon.machine.memory.total / 2),
          readOnly,
          device: 'tmpfs',
          type: 'tmpfs',
          options: `nosuid,nodev,noexec,relatime${size ? `,size=${Math.ceil(size / 1024)}k` : ''}`,
        }
      const files = type === 'bind' ? subtree(on!, source) : daemon.volumes.get(source)!.files
      return { path: target, files, readOnly }
    })
    .sort((a, b) => depth(a) - depth(b))
}

/** Its first process has ended. */
function* over(daemon: Daemon, docker: DockerContainer, container: Container): Task {
  yield* sleep(daemon.chance.run('clear'))
  const { state } = container
  docker.exitCode = state.exitCode ?? 0
  docker.outOfMemory = state.reason === 'OOMKilled'
  docker.finishedAt = state.finishedAt
  docker.health = undefined
  closeNetwork(daemon, docker)
  if (docker.outOfMemory) containerEvent(daemon, docker, 'oom')
  containerEvent(daemon, docker, 'die', {
    execDuration: String(Math.floor((docker.finishedAt! - docker.startedAt!) / 1000)),
    exitCode: String(docker.exitCode),
  })
  const again = shouldRestart(docker)
  docker.status = again ? 'restarting' : 'exited'
  if (again) restartLater(daemon, docker)
  else if (docker.settings.autoRemove) removeContainer(daemon, docker)
  docker.ended.settle(docker.exitCode)
}

function shouldRestart(docker: DockerContainer): boolean {
  const { name, most } = docker.settings.restart
  if (docker.stoppedByHand) return false
  if (name === 'always' || name === 'unless-stopped') return true
  return name === 'on-failure' && docker.exitCode !== 0 && (most === 0 || docker.restartCount < most)
}

function restartLater(daemon: Daemon, docker: DockerContainer): void {
  const { engine } = daemon
  const ran = docker.finishedAt! - docker.startedAt!
  const last = ran > goodRunMs ? 0 : docker.backoff
  docker.backoff = last === 0 ? firstBackoffMs : Math.min(longestBackoffMs, last * 2)
  const timer = engine.after(docker.backoff, () => {
    docker.cancelRestart = undefined
    new Fiber(engine, restart())
  })
  docker.cancelRestart = () => timer.cancel()
  function* restart(): Task {
    docker.restartCount++
    try {
      yield* startContainer(daemon, docker)
    } catch (error) {
      if (!(error instanceof DaemonError)) throw error
      docker.status = 'exited'
    }
  }
}

/** A paused container goes on. */
export function resume(docker: DockerContainer): void {
  if (docker.status !== 'paused') return
  docker.status = 'running'
  docker.container!.thaw()
  docker.resumed.notify()
}

/** The daemon was stopped: so are its containers. It was started: those run again whose policy says so. */
export function serviceChanged(daemon: Daemon, active: boolean): void {
  const { engine } = daemon
  for (const docker of [...daemon.containers.values()]) {
    if (!active) {
      docker.cancelRestart?.()
      docker.cancelRestart = undefined
      const wasStopped = docker.stoppedByHand
      if (docker.status === 'restarting') docker.status = 'exited'
      resume(docker)
      if (docker.container?.running) {
        // It must not come back at once.
        docker.stoppedByHand = true
        docker.container.signal('SIGKILL')
        docker.ended.start(engine, () => (docker.stoppedByHand = wasStopped))
      }
      continue
    }
    const { name } = docker.settings.restart
    const again = name === 'always' || (name === 'unless-stopped' && !docker.stoppedByHand)
    if (again && docker.status === 'exited') new Fiber(engine, startContainer(daemon, docker) as Task<void>)
  }
}
