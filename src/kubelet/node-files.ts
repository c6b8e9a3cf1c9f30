// What stands on a node's disk: the directories of a Linux machine with a kubelet and a runtime, the kernel's own file
// systems, sockets and devices; and the logs and volumes of its pods.
import { criText } from '../containers/logs.ts'
import { procFiles } from '../containers/proc.ts'
import type { PidNamespace } from '../containers/processes.ts'
import { byteLength } from '../engine/bytes.ts'
import type { Disk } from '../engine/disk.ts'
import type { Engine } from '../engine/engine.ts'
import { MemoryFiles } from '../engine/memory-files.ts'
import { Random } from '../engine/random.ts'
import { type FindNode, VirtualFiles, type VirtualNode } from '../engine/virtual-files.ts'
import type { PodWorker } from './pod-worker.ts'

export interface NodeFilesOptions {
  readonly engine: Engine
  readonly name: string
  readonly address: string
  readonly pids: PidNamespace
  /** Bytes. */
  readonly memory: number
  readonly workers: () => Iterable<PodWorker>
  readonly storage: Disk
  /** Something on the disk was changed. */
  readonly changed?: (path: string) => void
}

/** How containerd goes to registries: the private one speaks plain HTTP on this port. */
const registries = '/etc/containerd/certs.d'
const directories = [
  '/bin',
  '/boot',
  '/dev/shm',
  '/etc/cni/net.d',
  '/etc/kubernetes/manifests',
  `${registries}/harbor.example.com:5001`,
  '/etc/kubernetes/pki',
  '/etc/ssl/certs',
  '/etc/systemd/system',
  '/home',
  '/lib/modules/6.18.44',
  '/lib64',
  '/media',
  '/mnt',
  '/opt/cni/bin',
  '/root',
  '/run/containerd',
  '/run/dbus',
  '/run/lock',
  '/sbin',
  '/srv',
  '/sys/class/net',
  '/sys/fs/cgroup',
  '/sys/kernel',
  '/tmp',
  '/usr/bin',
  '/usr/lib/systemd/system',
  '/usr/local/bin',
  '/usr/local/share/ca-certificates',
  '/usr/sbin',
  '/usr/share/ca-certificates',
  '/usr/share/zoneinfo',
  '/var/cache',
  '/var/lib/containerd',
  '/var/lib/kubelet/device-plugins',
  '/var/lib/kubelet/pki',
  '/var/lib/kubelet/plugins',
  '/var/lib/kubelet/plugins_registry',
  '/var/lib/kubelet/pods',
  '/var/log/journal',
  '/var/tmp',
]
const sockets = [
  '/run/containerd/containerd.sock',
  '/run/dbus/system_bus_socket',
  '/var/lib/kubelet/device-plugins/kubelet.sock',
]
const devices: readonly (readonly [string, 'character' | 'block', number])[] = [
  ['/dev/null', 'character', 0o666],
  ['/dev/zero', 'character', 0o666],
  ['/dev/full', 'character', 0o666],
  ['/dev/random', 'character', 0o666],
  ['/dev/urandom', 'character', 0o666],
  ['/dev/tty', 'character', 0o666],
  ['/dev/fuse', 'character', 0o666],
  ['/dev/kmsg', 'character', 0o644],
  ['/dev/vda', 'block', 0o660],
  ['/dev/vda1', 'block', 0o660],
]
const socket = 'unix:///run/containerd/containerd.sock'

/** Files of /etc and of the kubelet's own directory. */
const texts = (name: string, address: string): Record<string, string> => ({
  '/etc/containerd/config.toml': `version = 2\n\n[plugins."io.containerd.grpc.v1.cri".registry]\n  config_path = "${registries}"\n`,
  [`${registries}/harbor.example.com:5001/hosts.toml`]:
    'server = "http://harbor.example.com:5001"\n\n[host."http://harbor.example.com:5001"]\n  capabilities = ["pull", "resolve"]\n',
  '/etc/crictl.yaml': `runtime-endpoint: ${socket}\nimage-endpoint: ${socket}\ntimeout: 10\ndebug: false\n`,
  '/etc/group': 'root:x:0:\ndaemon:x:1:\nadm:x:4:\ntty:x:5:\ndisk:x:6:\nnogroup:x:65534:\n',
  '/etc/hostname': `${name}\n`,
  '/etc/hosts': `127.0.0.1\tlocalhost\n${address}\t${name}\n`,
  '/etc/localtime': 'TZif2\n',
  '/etc/machine-id': `${new Random(1).fork(`machine ${name}`).hex(32)}\n`,
  '/etc/os-release': 'PRETTY_NAME="Living Kubernetes"\nNAME="Living Kubernetes"\nID=living\n',
  '/etc/passwd':
    'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
  '/etc/resolv.conf': 'nameserver 10.0.2.1\n',
  '/var/lib/kubelet/config.yaml':
    'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nclusterDNS:\n- 20.1.0.10\nclusterDomain: cluster.local\nstaticPodPath: /etc/kubernetes/manifests\n',
})

export function nodeFiles(options: NodeFilesOptions): MemoryFiles {
  const { engine, name, address, pids, memory } = options
  const now = () => engine.now
  const files = new MemoryFiles({
    now,
    disk: options.storage,
    ...(options.changed && { changed: options.changed }),
  })
  for (const directory of directories) files.mkdir(directory, { parents: true })
  for (const path of ['/tmp', '/var/tmp', '/dev/shm']) files.chmod(path, 0o1777)
  files.chmod('/root', 0o700)
  files.link('/run', '/var/run')
  for (const [path, text] of Object.entries(texts(name, address))) files.write(path, text)
  for (const path of sockets) files.makeSpecial(path, 'socket')
  for (const [path, type, mode] of devices) files.makeSpecial(path, type, mode)
  files.mount('/proc', procFiles({ engine, pids, memory, hostname: name }))
  files.mount('/var/log/pods', new VirtualFiles(podLogs(options.workers), now))
  files.mount('/var/log/containers', new VirtualFiles(containerLogs(options.workers), now))
  return files
}

interface LogFile {
  readonly pod: string
  readonly container: string
  readonly file: string
  /** `POD_NAMESPACE_CONTAINER-ID.log` */
  readonly short: string
  readonly text: () => string
}

/** The logs of all containers that the runtime still has, the ended ones too. */
function* logsOf(workers: Iterable<PodWorker>): Generator<LogFile> {
  for (const { pod, runtime } of workers) {
    const { namespace, name, uid } = pod.metadata
    for (const { state, log } of runtime.containers)
      if (state.startedAt)
        yield {
          pod: `${namespace}_${name}_${uid}`,
          container: state.name,
          file: `${state.restartCount}.log`,
          short: `${name}_${namespace}_${state.name}-${state.id}.log`,
          text: () => criText(log),
        }
  }
}

const fileOf = ({ text }: LogFile): VirtualNode => ({ text, size: () => byteLength(text()), mode: 0o640 })

/** NAMESPACE_POD_UID/CONTAINER/N.log, where N counts the restarts. */
const podLogs =
  (workers: () => Iterable<PodWorker>): FindNode =>
  path => {
    const [pod = '', container, file] = path.split('/').slice(1)
    const all = [...logsOf(workers())].filter(
      log => (!pod || log.pod === pod) && (!container || log.container === container),
    )
    if (!pod) return { names: () => new Set(all.map(log => log.pod)), mode: 0o755 }
    if (all.length === 0) return undefined
    if (!container) return { names: () => new Set(all.map(log => log.container)), mode: 0o755 }
    if (!file) return { names: () => all.map(log => log.file), mode: 0o755 }
    const found = all.find(log => log.file === file)
    return found && path.split('/').length === 4 ? fileOf(found) : undefined
  }

const containerLogs =
  (workers: () => Iterable<PodWorker>): FindNode =>
  path => {
    const all = [...logsOf(workers())]
    if (path === '/') return { names: () => all.map(log => log.short), mode: 0o755 }
    const found = all.find(log => `/${log.short}` === path)
    if (!found) return undefined
    const target = () => `/var/log/pods/${found.pod}/${found.container}/${found.file}`
    return { ...fileOf(found), target }
  }
