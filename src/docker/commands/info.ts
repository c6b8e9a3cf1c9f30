// docker info: the client, and the daemon with what it has and stands on.
import { Random } from '../../engine/random.ts'
import { Template } from '../../kubectl/print/go-template.ts'
import { TemplateError } from '../../kubectl/print/go-template-parser.ts'
import { type Command, type Context, noArguments } from '../command.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { DockerError } from '../errors.ts'
import { functions, templateFault } from '../format.ts'
import { ConfigFile, hubServer } from '../images/config-file.ts'
import { daemonSettings } from '../images/registry-client.ts'
import { version as release } from '../release.ts'
import { bytesSize } from '../units.ts'

const plugin = {
  Name: 'buildx',
  Vendor: 'Docker Inc.',
  ShortDescription: 'Docker Buildx',
  Version: release.buildx,
  Path: '/usr/libexec/docker/cli-plugins/docker-buildx',
}

const clientText = `Client:
 Version:    ${release.client}
 Context:    default
 Debug Mode: false
 Plugins:
  ${plugin.Name}: ${plugin.ShortDescription} (${plugin.Vendor})
    Version:  ${plugin.Version}
    Path:     ${plugin.Path}

Server:
`

const logDrivers = 'awslogs fluentd gcplogs gelf journald json-file local splunk syslog'
const networkDrivers = 'bridge host ipvlan macvlan null overlay'

function serverFacts({ daemon, process, config }: Context) {
  const { machine, engine, images } = daemon
  const all = [...daemon.containers.values()]
  const count = (...states: string[]) => all.filter(({ status }) => states.includes(status)).length
  const { mirrors, insecure } = daemonSettings(daemon)
  return {
    ID: new Random(engine.seed).fork('docker daemon').uuid(),
    Containers: all.length,
    ContainersRunning: count('running', 'restarting'),
    ContainersPaused: count('paused'),
    ContainersStopped: count('created', 'exited', 'dead'),
    Images: images.all.length,
    Driver: 'overlay2',
    LoggingDriver: 'json-file',
    CgroupDriver: 'cgroupfs',
    CgroupVersion: '1',
    KernelVersion: kernelOf(daemon),
    OperatingSystem: systemOf(daemon),
    OSType: 'linux',
    Architecture: 'x86_64',
    NCPU: 2,
    MemTotal: machine.memory.total,
    DockerRootDir: '/var/lib/docker',
    Name: machine.name,
    ServerVersion: release.client,
    DefaultRuntime: 'runc',
    UserName: new ConfigFile(process.files, config).login(hubServer)?.user ?? '',
    RegistryConfig: registryConfig(mirrors, insecure),
    LiveRestoreEnabled: false,
  }
}

/** How the daemon reaches registries: as github.com/moby/moby/api/types/registry has it. */
function registryConfig(from: readonly string[], insecure: readonly string[]) {
  const Mirrors = from.map(each => (each.endsWith('/') ? each : `${each}/`))
  const index = (Name: string, Official: boolean) => ({
    Name,
    Mirrors: Official ? Mirrors : [],
    Secure: Official,
    Official,
  })
  const isRange = (each: string) => each.includes('/')
  return {
    InsecureRegistryCIDRs: [...insecure.filter(isRange), '::1/128', '127.0.0.0/8'],
    IndexConfigs: Object.fromEntries([
      ['docker.io', index('docker.io', true)],
      ...insecure.filter(each => !isRange(each)).map(each => [each, index(each, false)] as const),
    ]),
    Mirrors,
  }
}

const lineOf = ({ machine }: Daemon, path: string): string =>
  machine.files.exists(path) ? machine.files.read(path) : ''
const kernelOf = (daemon: Daemon): string => lineOf(daemon, '/proc/sys/kernel/osrelease').trim() || '6.18.44'
const systemOf = (daemon: Daemon): string =>
  /^PRETTY_NAME="?([^"\n]*)/m.exec(lineOf(daemon, '/etc/os-release'))?.[1] ?? 'Debian GNU/Linux 12 (bookworm)'

function serverText(facts: ReturnType<typeof serverFacts>): string {
  const list = (head: string, values: readonly string[]) =>
    values.length ? ` ${head}:\n${values.map(each => `  ${each}\n`).join('')}` : ''
  const { IndexConfigs, InsecureRegistryCIDRs, Mirrors } = facts.RegistryConfig
  const plain = Object.values(IndexConfigs).flatMap(({ Name, Secure }) => (Secure ? [] : [Name]))
  return ` Containers: ${facts.Containers}
  Running: ${facts.ContainersRunning}
  Paused: ${facts.ContainersPaused}
  Stopped: ${facts.ContainersStopped}
 Images: ${facts.Images}
 Server Version: ${facts.ServerVersion}
 Storage Driver: ${facts.Driver}
  Backing Filesystem: extfs
  Supports d_type: true
  Using metacopy: false
  Native Overlay Diff: true
  userxattr: false
 Logging Driver: ${facts.LoggingDriver}
 Cgroup Driver: ${facts.CgroupDriver}
 Cgroup Version: ${facts.CgroupVersion}
 Plugins:
  Volume: local
  Network: ${networkDrivers}
  Log: ${logDrivers}
 Swarm: inactive
 Runtimes: io.containerd.runc.v2 runc
 Default Runtime: ${facts.DefaultRuntime}
 Init Binary: docker-init
 containerd version: ${release.containerdCommit}
 runc version: ${release.runcCommit}
 init version: ${''}
 Security Options:
  seccomp
   Profile: builtin
 Kernel Version: ${facts.KernelVersion}
 Operating System: ${facts.OperatingSystem}
 OSType: ${facts.OSType}
 Architecture: ${facts.Architecture}
 CPUs: ${facts.NCPU}
 Total Memory: ${bytesSize(facts.MemTotal)}
 Name: ${facts.Name}
 ID: ${facts.ID}
 Docker Root Dir: ${facts.DockerRootDir}
 Debug Mode: false
${facts.UserName ? ` Username: ${facts.UserName}\n` : ''} Experimental: false
${list('Insecure Registries', [...plain, ...InsecureRegistryCIDRs])}${list('Registry Mirrors', Mirrors)} Live Restore Enabled: ${facts.LiveRestoreEnabled}

`
}

export const info: Command = {
  names: ['system info', 'info'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'format,f:string',
  *run(context) {
    const { process, daemon, flags } = context
    const { stdout } = process
    const format = flags.text('format')
    let fault: DockerError | undefined
    try {
      yield* daemon.call(process, '/v1.50/info')
    } catch (error) {
      if (!(error instanceof DockerError)) throw error
      fault = error
    }
    const facts = fault ? undefined : serverFacts(context)
    if (format) {
      const all = {
        ...facts,
        ClientInfo: { Debug: false, Context: 'default', Plugins: [plugin], Warnings: null },
      }
      stdout.write(`${format === 'json' ? JSON.stringify(all) : filled(format, all)}\n`)
    } else stdout.write(clientText + (facts ? serverText(facts) : ''))
    if (fault) throw fault
    return 0
  },
}

function filled(format: string, all: object): string {
  try {
    return new Template(format, { functions, type: 'system.dockerInfo' }).run(all)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new DockerError(`template parsing error: ${templateFault(error)}`, 64)
  }
}
