// Makes a container of src/containers for docker: for `docker run`, and for each RUN of a build.
//
// How a container of docker's starts, for who writes ../containers:
//   1. files   the image's root, forked once per DockerContainer (`imageFiles(now, stored)`), kept between its runs
//   2. place   daemon.machine.attach(address, names) for a bridge; machine.network for `--network host`
//   3. make    makeContainer(daemon, { … }): nothing runs yet; throws UnknownUser (containers/security.ts)
//   4. start   container.start(stdin): answers with runc's words where it cannot (exec: "x": executable file not found …)
//   5. output  container.log: `attached` pipes get what comes (both streams mixed); `lines()` tell stream and time,
//              `changed` wakes who follows. stdin: container.stdin.write / close. Signals: container.signal('SIGTERM')
//   6. end     container.ended is settled; container.state has exitCode, reason (`OOMKilled`), finishedAt. A Container
//              runs once: a restart makes the next one upon the same files.
import { Container } from '../../containers/container.ts'
import { programsOf } from '../../containers/image-files.ts'
import type { Image } from '../../containers/images/image.ts'
import { PidNamespace } from '../../containers/processes.ts'
import { type BindMount, mountTable, rootFiles } from '../../containers/root-files.ts'
import { securityOf } from '../../containers/security.ts'
import type { MemoryFiles } from '../../engine/memory-files.ts'
import type { Network } from '../../engine/network.ts'
import type { Daemon } from './daemon.ts'

export interface Launch {
  readonly id: string
  readonly name: string
  /** As the container shows it: `docker.io/leigg/hellok8s:v1`. */
  readonly imageName: string
  readonly image: Image
  /** Its own root: what it changes stays there. */
  readonly files: MemoryFiles
  readonly argv: readonly string[]
  /** `KEY=value`, those of the image before those of the command line. */
  readonly env: readonly string[]
  readonly cwd: string
  /** `NAME`, `UID`, either with `:GROUP`; root where empty. */
  readonly user: string
  readonly hostname: string
  readonly network: Network
  readonly mounts?: readonly BindMount[]
  /** Bytes; 0: no limit. */
  readonly memory?: number
  /** Bytes that fit into /dev/shm; 64 MiB where absent. */
  readonly sharedMemory?: number
  /** CPUs; 0: no limit. */
  readonly cpus?: number
  readonly tty?: boolean
  readonly terminal?: { readonly columns: number; readonly rows: number } | undefined
  readonly privileged?: boolean
  readonly capAdd?: readonly string[]
  readonly capDrop?: readonly string[]
  readonly noNewPrivileges?: boolean
  readonly groups?: readonly number[]
  readonly readOnlyRoot?: boolean
  /** The processes that it sees, where they are not its own alone. */
  readonly pids?: PidNamespace
  readonly restartCount?: number
  readonly onChange?: () => void
}

const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The environment in the order in which docker sets it: PATH, HOSTNAME, TERM, what was asked for, HOME. */
export function environment(
  env: readonly string[],
  hostname: string,
  home: string,
  tty: boolean,
): ReadonlyMap<string, string> {
  const all = new Map<string, string>()
  const set = (text: string) => all.set(text.split('=')[0]!, text.slice(text.indexOf('=') + 1))
  set(defaultPath)
  if (hostname) set(`HOSTNAME=${hostname}`)
  if (tty) set('TERM=xterm')
  for (const each of env) set(each)
  if (!all.has('HOME')) set(`HOME=${home}`)
  return all
}

/** Throws UnknownUser where the image does not know the user. */
export function makeContainer(daemon: Daemon, launch: Launch): Container {
  const { machine, engine } = daemon
  const { image, files, mounts = [], memory = 0, sharedMemory, cpus = 0, tty = false } = launch
  const security = securityOf(
    {
      user: launch.user,
      seccomp: true,
      privileged: launch.privileged ?? false,
      add: launch.capAdd ?? [],
      drop: launch.capDrop ?? [],
      groups: launch.groups ?? [],
      noNewPrivileges: launch.noNewPrivileges ?? false,
      readOnlyRoot: launch.readOnlyRoot ?? false,
    },
    files,
  )
  const name = launch.imageName
  return new Container({
    engine,
    id: launch.id,
    spec: {
      name: launch.name,
      image: name,
      tty,
      resources: {
        limits: {
          ...(memory > 0 && { memory: String(memory) }),
          ...(cpus > 0 && { cpu: String(cpus) }),
        },
      },
    },
    found: { image, tag: '', size: 0, name, digest: name },
    restartCount: launch.restartCount ?? 0,
    argv: launch.argv,
    env: environment(launch.env, launch.hostname, security.home, tty),
    cwd: launch.cwd || '/',
    security,
    hostname: launch.hostname,
    network: launch.network,
    makeFiles: container => rootFiles(container, files, mounts, machine.memory.total),
    programs: programsOf({ image }),
    pids: launch.pids ?? new PidNamespace(machine.pids),
    memory: machine.memory,
    unprivilegedPorts: 0,
    ...(sharedMemory && { sharedMemory }),
    mountTable: () => mountTable(mounts, security.readOnlyRoot, security.privileged, sharedMemory),
    terminal: launch.terminal,
    cgroup: `/docker/${launch.id}`,
    onChange: launch.onChange ?? (() => {}),
  })
}
