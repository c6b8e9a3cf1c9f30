// /proc as a container (or a machine) sees it: its processes, and what the kernel says of the machine.
import type { Engine } from '../engine/engine.ts'
import { type FindNode, VirtualFiles, type VirtualNode } from '../engine/virtual-files.ts'
import { machineNamespaces, mapLine, namespaceKinds } from './namespaces.ts'
import type { PidNamespace, RunningProcess } from './processes.ts'

export interface ProcOptions {
  readonly engine: Engine
  readonly pids: PidNamespace
  /** Of the machine, bytes. */
  readonly memory: number
  readonly hostname: string
  /** Kernel settings that are not as the kernel has them, by name: `kernel.shm_rmid_forced`. */
  readonly settings?: ReadonlyMap<string, string>
}

const kernel = '6.18.44'
const noMask = '0'.repeat(16)

const file = (text: () => string, more: Partial<VirtualNode> = {}): VirtualNode => ({ text, ...more })
const directory = (names: () => Iterable<string>): VirtualNode => ({ names })
const link = (target: string): VirtualNode => ({ target: () => target })

export function procFiles(options: ProcOptions): VirtualFiles {
  const { engine, pids } = options
  const machine = machineNodes(options)
  let settings: Record<string, VirtualNode> | undefined
  const find: FindNode = path => {
    if (path === '/')
      return directory(() => [
        ...[...pids.processes.keys()].map(String),
        'self',
        ...Object.keys(machine),
        'sys',
      ])
    const [, first = '', ...rest] = path.split('/')
    // A process sees itself there: see Container, which gives each of its processes its own view.
    if (first === 'self') return rest.length ? undefined : link(String([...pids.processes.keys()][0] ?? 1))
    if (/^\d+$/.test(first)) {
      const pid = Number(first)
      const process = pids.processes.get(pid)
      return process && processNode(pid, process, rest.join('/'))
    }
    if (first === 'sys') return (settings ??= settingNodes(options))[path.slice(1)]
    return machine[path.slice(1)]
  }
  return new VirtualFiles(find, () => engine.now)
}

/** What a kernel sets by itself (Documentation/networking/ip-sysctl, Documentation/admin-guide/sysctl/kernel), where a pod may change it. */
const usual: Readonly<Record<string, string>> = {
  'kernel.osrelease': kernel,
  'kernel.ostype': 'Linux',
  'kernel.shm_rmid_forced': '0',
  'net.ipv4.ip_local_port_range': '32768\t60999',
  'net.ipv4.ip_local_reserved_ports': '',
  'net.ipv4.ip_unprivileged_port_start': '1024',
  'net.ipv4.ping_group_range': '1\t0',
  'net.ipv4.tcp_fin_timeout': '60',
  'net.ipv4.tcp_keepalive_intvl': '75',
  'net.ipv4.tcp_keepalive_probes': '9',
  'net.ipv4.tcp_keepalive_time': '7200',
  'net.ipv4.tcp_rmem': '4096\t131072\t6291456',
  'net.ipv4.tcp_syncookies': '1',
  'net.ipv4.tcp_wmem': '4096\t16384\t4194304',
}

/** /proc/sys: a file for each setting, and the directories above them. */
function settingNodes({ hostname, settings = new Map() }: ProcOptions): Record<string, VirtualNode> {
  const all = { 'kernel.hostname': hostname, ...usual, ...Object.fromEntries(settings) }
  const nodes: Record<string, VirtualNode> = {}
  const children = new Map<string, Set<string>>()
  for (const [name, value] of Object.entries(all)) {
    const path = `sys/${name.replaceAll('.', '/')}`
    // A list is written with blanks, and read with tabs.
    nodes[path] = file(() => `${value.trim().replace(/\s+/g, '\t')}\n`)
    for (let at = path; at.includes('/'); ) {
      const slash = at.lastIndexOf('/')
      const above = at.slice(0, slash)
      const names = children.get(above) ?? new Set()
      children.set(above, names.add(at.slice(slash + 1)))
      at = above
    }
  }
  for (const [path, names] of children) nodes[path] = directory(() => names)
  return nodes
}

function machineNodes({ engine, memory }: ProcOptions): Record<string, VirtualNode> {
  const total = Math.floor(memory / 1024)
  const seconds = () => (engine.now - engine.epoch) / 1000 + 600
  return {
    cmdline: file(() => 'BOOT_IMAGE=/boot/vmlinuz root=/dev/vda1 ro console=ttyS0\n'),
    cpuinfo: file(() =>
      [0, 1].map(i => `processor\t: ${i}\nmodel name\t: Virtual CPU\ncpu cores\t: 1\n\n`).join(''),
    ),
    filesystems: file(
      () => 'nodev\tsysfs\nnodev\ttmpfs\nnodev\tproc\nnodev\tcgroup\nnodev\toverlay\n\text4\n',
    ),
    loadavg: file(() => '0.00 0.00 0.00 1/200 42\n'),
    meminfo: file(() => {
      const rows: [string, number][] = [
        ['MemTotal', total],
        ['MemFree', Math.floor(total * 0.45)],
        ['MemAvailable', Math.floor(total * 0.7)],
        ['Buffers', 65_536],
        ['Cached', Math.floor(total * 0.27)],
        ['SwapTotal', 0],
        ['SwapFree', 0],
      ]
      return rows.map(([name, ki]) => `${`${name}:`.padEnd(15)} ${String(ki).padStart(8)} kB\n`).join('')
    }),
    mounts: link('self/mounts'),
    uptime: file(() => `${seconds().toFixed(2)} ${(seconds() * 1.9).toFixed(2)}\n`),
    version: file(() => `Linux version ${kernel} (builder@kernel) (gcc 14.2.0) #1 SMP\n`),
  }
}

function processNode(pid: number, process: RunningProcess, name: string): VirtualNode | undefined {
  const { argv, about, identity } = process
  const command = (argv[0] ?? '').replace(/^.*\//, '')
  const { uid, gid } = identity
  const own = { uid, gid }
  // What is no container's is the machine's.
  const namespaces = about ? about.namespaces : machineNamespaces
  switch (name) {
    case '':
      return {
        ...directory(() => [...always, ...(about ? facts : []), ...(namespaces ? isolation : [])]),
        ...own,
      }
    case 'cmdline':
      return file(() => argv.map(arg => `${arg}\0`).join(''), own)
    case 'comm':
      return file(() => `${command.slice(0, 15)}\n`, own)
    case 'status':
      return file(() => statusText(pid, command, process), own)
    case 'stat':
      return file(() => `${pid} (${command}) S 0 ${pid} ${pid} 0 -1 4194560\n`, own)
  }
  if (namespaces && (name === 'uid_map' || name === 'gid_map')) return file(() => mapLine(namespaces), own)
  if (namespaces && name === 'ns') return { ...directory(() => namespaceKinds), ...own, mode: 0o511 }
  const kind = namespaceKinds.find(each => name === `ns/${each}`)
  if (namespaces && kind) return { ...link(`${kind}:[${namespaces.number(kind)}]`), ...own }
  if (!about) return undefined
  switch (name) {
    case 'cgroup':
      return file(
        () => `${controllers.map((c, i) => `${controllers.length - i}:${c}:${about.cgroup()}\n`).join('')}`,
        own,
      )
    case 'cwd':
      return link(about.cwd)
    case 'root':
      return link('/')
    case 'environ':
      return file(() => [...about.env].map(([key, value]) => `${key}=${value}\0`).join(''), {
        ...own,
        mode: 0o400,
      })
    case 'mounts':
      return file(about.mounts, own)
    case 'oom_score_adj':
      return file(() => `${about.oomScoreAdj}\n`, own)
    case 'fd':
      return { ...directory(() => ['0', '1', '2']), ...own, mode: 0o500 }
    case 'fd/0':
      return { ...own, text: () => '', mode: 0o600 }
    case 'fd/1':
    case 'fd/2': {
      const { stdout, stderr } = about.outputs ?? {}
      const write = name === 'fd/1' ? stdout : stderr
      return { ...own, text: () => '', write: text => write?.(text), mode: 0o600 }
    }
  }
  return undefined
}

const always = ['cmdline', 'comm', 'stat', 'status']
const facts = ['cgroup', 'cwd', 'environ', 'fd', 'mounts', 'oom_score_adj', 'root']
const isolation = ['gid_map', 'ns', 'uid_map']
const controllers = ['memory', 'cpu,cpuacct', 'pids']

/** proc_pid_status(5), as far as somebody reads it there. */
function statusText(pid: number, command: string, { identity, about }: RunningProcess): string {
  const { uid, gid, groups } = identity
  const four = (n: number) => `${n}\t${n}\t${n}\t${n}`
  const resident = about ? Math.ceil(about.memory() / 1024) : 4096
  const effective = about?.effective() ?? noMask
  const rows: [string, string | number][] = [
    ['Name', command.slice(0, 15)],
    ['Umask', '0022'],
    ['State', 'S (sleeping)'],
    ['Tgid', pid],
    ['Ngid', 0],
    ['Pid', pid],
    ['PPid', 0],
    ['TracerPid', 0],
    ['Uid', four(uid)],
    ['Gid', four(gid)],
    ['FDSize', 64],
    ['Groups', `${groups.join(' ')} `],
    ['NStgid', pid],
    ['NSpid', pid],
    ['VmPeak', `${String(resident * 2).padStart(8)} kB`],
    ['VmSize', `${String(resident * 2).padStart(8)} kB`],
    ['VmRSS', `${String(resident).padStart(8)} kB`],
    ['Threads', 1],
    ['SigQ', '0/95731'],
    ['SigPnd', noMask],
    ['ShdPnd', noMask],
    ['SigBlk', noMask],
    ['SigIgn', noMask],
    ['SigCgt', noMask],
    ['CapInh', noMask],
    ['CapPrm', effective],
    ['CapEff', effective],
    ['CapBnd', about?.bounding() ?? noMask],
    ['CapAmb', noMask],
    ['NoNewPrivs', about?.noNewPrivileges ? 1 : 0],
    ['Seccomp', about?.seccomp ? 2 : 0],
    ['Seccomp_filters', about?.seccomp ? 1 : 0],
    ['Cpus_allowed', 3],
    ['Cpus_allowed_list', '0-1'],
    ['Mems_allowed_list', 0],
    ['voluntary_ctxt_switches', 12],
    ['nonvoluntary_ctxt_switches', 3],
  ]
  return rows.map(([name, value]) => `${name}:\t${value}\n`).join('')
}
