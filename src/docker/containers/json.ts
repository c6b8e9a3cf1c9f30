// A container as the API tells of it (docker inspect), in the order of moby's types.
import { nanoTime } from '../../containers/content.ts'
import { Random } from '../../engine/random.ts'
import { emptyStruct } from '../../kubectl/print/values.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { ContainerSettings, DockerContainer, MountPoint } from '../daemon/state.ts'
import { layerDirectories } from '../images/json.ts'
import { dnsNames } from '../networks/networks.ts'
import { mountpointOf } from '../volumes/volumes.ts'
import { maskedPaths, readonlyPaths } from './masked-paths.ts'
import { commandOf, portsOf } from './shown.ts'

const root = '/var/lib/docker'
const never = '0001-01-01T00:00:00Z'
const time = (ms: number | undefined): string => (ms === undefined ? never : nanoTime(ms))
const list = (values: readonly string[]): readonly string[] | null => (values.length ? values : null)
const set = (names: readonly string[]): object | null =>
  names.length ? Object.fromEntries([...names].sort().map(name => [name, emptyStruct])) : null

/** The number of its first process on the machine; 0 where none runs. */
function pidOf({ machine }: Daemon, { container }: DockerContainer): number {
  const first = container?.options.pids.processes.values().next().value
  if (!container?.running || !first) return 0
  for (const [pid, process] of machine.pids.processes) if (process === first) return pid
  return 0
}

export function containerJson(daemon: Daemon, docker: DockerContainer): object {
  const { id, name, settings, status, health, created } = docker
  const [path = '', ...args] = commandOf(docker)
  const folder = `${root}/containers/${id}`
  const isUp = status === 'running' || status === 'paused'
  return {
    Id: id,
    Created: time(created),
    Path: path,
    Args: args,
    State: {
      Status: status,
      Running: isUp || status === 'restarting',
      Paused: status === 'paused',
      Restarting: status === 'restarting',
      OOMKilled: docker.outOfMemory,
      Dead: status === 'dead',
      Pid: pidOf(daemon, docker),
      ExitCode: docker.exitCode,
      Error: docker.error,
      StartedAt: time(docker.startedAt),
      FinishedAt: time(docker.finishedAt),
      ...(health && {
        Health: {
          Status: health.status,
          FailingStreak: health.failures,
          Log: health.log.map(({ start, end, exitCode, output }) => ({
            Start: time(start),
            End: time(end),
            ExitCode: exitCode,
            Output: output,
          })),
        },
      }),
    },
    Image: settings.imageId,
    ResolvConfPath: docker.startedAt === undefined ? '' : `${folder}/resolv.conf`,
    HostnamePath: docker.startedAt === undefined ? '' : `${folder}/hostname`,
    HostsPath: docker.startedAt === undefined ? '' : `${folder}/hosts`,
    LogPath: docker.startedAt === undefined ? '' : `${folder}/${id}-json.log`,
    Name: `/${name}`,
    RestartCount: docker.restartCount,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: null,
    HostConfig: hostConfig(settings),
    GraphDriver: graph(daemon, docker),
    Mounts: settings.mounts.map(mountJson),
    Config: config(settings),
    NetworkSettings: networkSettings(daemon, docker),
  }
}

function hostConfig(settings: ContainerSettings): object {
  const { mounts, restart } = settings
  const tmpfs = mounts.filter(({ type }) => type === 'tmpfs')
  const binds = mounts.flatMap(({ spec, type }) => (spec?.includes(':') && type !== 'tmpfs' ? [spec] : []))
  const asked = mounts.filter(({ spec }) => spec === undefined)
  return {
    Binds: list(binds),
    ContainerIDFile: '',
    LogConfig: { Type: 'json-file', Config: {} },
    NetworkMode: settings.network,
    PortBindings: portBindings(settings),
    RestartPolicy: { Name: restart.name, MaximumRetryCount: restart.most },
    AutoRemove: settings.autoRemove,
    VolumeDriver: '',
    VolumesFrom: null,
    ConsoleSize: [0, 0],
    CapAdd: list(settings.capAdd),
    CapDrop: list(settings.capDrop),
    CgroupnsMode: 'host',
    Dns: settings.dns,
    DnsOptions: [],
    DnsSearch: [],
    ExtraHosts: list(settings.extraHosts),
    GroupAdd: list(settings.groups),
    IpcMode: 'private',
    Cgroup: '',
    Links: list(settings.links),
    OomScoreAdj: 0,
    PidMode: settings.pid,
    Privileged: settings.privileged,
    PublishAllPorts: settings.publishAll,
    ReadonlyRootfs: settings.readOnlyRoot,
    SecurityOpt: settings.privileged ? ['label=disable'] : null,
    ...(tmpfs.length && {
      Tmpfs: Object.fromEntries(
        tmpfs.map(({ target, spec = '' }) => [target, spec.split(':').slice(1).join(':')]),
      ),
    }),
    UTSMode: '',
    UsernsMode: '',
    ShmSize: settings.sharedMemory,
    Runtime: 'runc',
    Isolation: '',
    CpuShares: 0,
    Memory: settings.memory,
    NanoCpus: settings.nanoCpus,
    CgroupParent: '',
    BlkioWeight: 0,
    BlkioWeightDevice: [],
    BlkioDeviceReadBps: [],
    BlkioDeviceWriteBps: [],
    BlkioDeviceReadIOps: [],
    BlkioDeviceWriteIOps: [],
    CpuPeriod: 0,
    CpuQuota: 0,
    CpuRealtimePeriod: 0,
    CpuRealtimeRuntime: 0,
    CpusetCpus: '',
    CpusetMems: '',
    Devices: [],
    DeviceCgroupRules: null,
    DeviceRequests: null,
    MemoryReservation: 0,
    MemorySwap: settings.memory * 2,
    MemorySwappiness: null,
    OomKillDisable: false,
    PidsLimit: null,
    Ulimits: [],
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    ...(asked.length && {
      Mounts: asked.map(({ type, source, target, readOnly }) => ({
        Type: type,
        ...(source && { Source: source }),
        Target: target,
        ...(readOnly && { ReadOnly: true }),
      })),
    }),
    MaskedPaths: settings.privileged ? null : maskedPaths,
    ReadonlyPaths: settings.privileged ? null : readonlyPaths,
  }
}

function portBindings({ bindings }: ContainerSettings): object {
  const ports = [...new Set(bindings.map(({ port }) => port))].sort()
  const of = (port: string) =>
    bindings
      .filter(each => each.port === port)
      .map(({ hostAddress, hostPort }) => ({
        HostIp: hostAddress,
        HostPort: hostPort ? String(hostPort) : '',
      }))
  return Object.fromEntries(ports.map(port => [port, of(port)]))
}

function mountJson({ type, source, target, readOnly, spec }: MountPoint): object {
  const isVolume = type === 'volume'
  return {
    Type: type,
    ...(isVolume && { Name: source }),
    Source: isVolume ? mountpointOf({ name: source }) : source,
    Destination: target,
    ...(isVolume && { Driver: 'local' }),
    Mode: spec?.split(':')[2] ?? (isVolume && spec ? 'z' : ''),
    RW: !readOnly,
    Propagation: type === 'bind' ? 'rprivate' : '',
  }
}

/** A name that the daemon made up for something of its own, always the same. */
const idOf = ({ engine }: Daemon, what: string): string =>
  new Random(engine.seed).fork(`docker ${what}`).hex(64)

function graph(daemon: Daemon, { id, settings }: DockerContainer): object {
  const image = daemon.images.get(settings.imageId)
  const layers = image ? layerDirectories(image).map(each => `${each}/diff`) : []
  const folder = `${root}/overlay2/${idOf(daemon, `folder of ${id}`)}`
  return {
    Data: {
      ID: id,
      LowerDir: [`${folder}-init/diff`, ...layers].join(':'),
      MergedDir: `${folder}/merged`,
      UpperDir: `${folder}/diff`,
      WorkDir: `${folder}/work`,
    },
    Name: 'overlay2',
  }
}

function config(settings: ContainerSettings): object {
  const { attached, entrypoint, cmd, healthcheck } = settings
  const volumes = settings.mounts.filter(({ type, spec }) => type === 'volume' && spec && !spec.includes(':'))
  const nanos = (ms: number | undefined) => (ms === undefined ? undefined : ms * 1e6)
  return {
    Hostname: settings.hostname,
    Domainname: '',
    User: settings.user,
    AttachStdin: attached.stdin,
    AttachStdout: attached.stdout,
    AttachStderr: attached.stderr,
    ...(settings.exposed.length && { ExposedPorts: set(settings.exposed) }),
    Tty: settings.tty,
    OpenStdin: settings.openStdin,
    StdinOnce: settings.openStdin && attached.stdin,
    Env: settings.env,
    Cmd: cmd ?? null,
    ...(healthcheck && {
      Healthcheck: {
        Test: healthcheck.test,
        Interval: nanos(healthcheck.interval),
        Timeout: nanos(healthcheck.timeout),
        StartPeriod: nanos(healthcheck.startPeriod),
        Retries: healthcheck.retries,
      },
    }),
    Image: settings.imageName,
    Volumes: set(volumes.map(({ target }) => target)),
    WorkingDir: settings.workingDir,
    Entrypoint: entrypoint ?? null,
    OnBuild: null,
    Labels: settings.labels,
    ...(settings.stopSignal && { StopSignal: settings.stopSignal }),
    ...(settings.stopTimeout !== undefined && { StopTimeout: settings.stopTimeout }),
  }
}

function networkSettings(daemon: Daemon, docker: DockerContainer): object {
  const { endpoints, settings, id } = docker
  const sandbox = endpoints.size ? idOf(daemon, `sandbox of ${id}`) : ''
  const bridge = endpoints.get('bridge')
  const network = daemon.networks.get('bridge')!
  const ports: Record<string, object[] | null> = {}
  for (const { port, protocol, address, hostPort } of portsOf(docker)) {
    const key = `${port}/${protocol}`
    if (!address) ports[key] = null
    else (ports[key] ??= []).push({ HostIp: address, HostPort: String(hostPort) })
  }
  const names = new Set([
    ...endpoints.keys(),
    ...(endpoints.size || settings.network.includes(':') ? [] : settings.places.map(({ name }) => name)),
  ])
  if (!endpoints.size && settings.network === 'host') names.add('host')
  return {
    Bridge: '',
    SandboxID: sandbox,
    SandboxKey: sandbox && `/var/run/docker/netns/${sandbox.slice(0, 12)}`,
    Ports: Object.fromEntries(Object.entries(ports).sort(([a], [b]) => (a < b ? -1 : 1))),
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: bridge?.id ?? '',
    Gateway: bridge ? network.gateway : '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: bridge?.address ?? '',
    IPPrefixLen: bridge ? Number(network.subnet.split('/')[1]) : 0,
    IPv6Gateway: '',
    MacAddress: bridge?.mac ?? '',
    Networks: Object.fromEntries(
      [...names].sort().map(name => {
        const found = daemon.networks.get(name)
        const end = endpoints.get(name)
        const place = settings.places.find(each => each.name === name)
        const own = found && !found.predefined
        return [
          name,
          {
            IPAMConfig: place?.address ? { IPv4Address: place.address } : own ? {} : null,
            Links: null,
            Aliases: place?.aliases.length ? place.aliases : own ? [] : null,
            MacAddress: end?.address ? end.mac : '',
            DriverOpts: null,
            GwPriority: 0,
            NetworkID: end ? (found?.id ?? '') : '',
            EndpointID: end?.id ?? '',
            Gateway: end?.address ? (found?.gateway ?? '') : '',
            IPAddress: end?.address ?? '',
            IPPrefixLen: end?.address ? Number(found?.subnet.split('/')[1]) : 0,
            IPv6Gateway: '',
            GlobalIPv6Address: '',
            GlobalIPv6PrefixLen: 0,
            DNSNames: own && end ? dnsNames(docker, end.aliases) : null,
          },
        ]
      }),
    ),
  }
}
