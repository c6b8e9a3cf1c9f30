// The programs of a node that know its kubelet and its runtime, and the files that a node has.
import { containerParts } from '../../containers/programs/loaders.ts'
import type { Files } from '../../engine/files.ts'
import type { Process } from '../../engine/process.ts'
import { type Tool, toolsOf } from '../../shell/command.ts'
import type { Kubelet } from '../kubelet.ts'
import { nodeParts } from './loaders.ts'

const shared = ['hostname', 'ping', 'nc']
/** What only the control plane's machine has. */
const controlOnly = ['etcdctl']
const masterName = 'k8s-master'

export const kubeletTools = (kubelet: Kubelet, nodes: () => Iterable<Kubelet>): Tool[] => [
  ...toolsOf(containerParts).filter(({ name }) => shared.includes(name)),
  ...nodeParts.names
    .filter(name => kubelet.name === masterName || !controlOnly.includes(name))
    .map(name => ({
      name,
      get summary() {
        return nodeParts.get(name)(kubelet, nodes).summary
      },
      run: (process: Process) => nodeParts.get(name)(kubelet, nodes).run(process),
    })),
]

const socket = 'unix:///run/containerd/containerd.sock'

/** What stands in a node's /etc. */
export function writeNodeFiles(files: Files, name: string, address: string): void {
  for (const directory of ['/etc', '/root', '/tmp', '/dev', '/var/lib/kubelet', '/etc/kubernetes'])
    files.mkdir(directory, { parents: true })
  for (const [path, text] of Object.entries({
    'crictl.yaml': `runtime-endpoint: ${socket}\nimage-endpoint: ${socket}\ntimeout: 10\ndebug: false\n`,
    hostname: `${name}\n`,
    hosts: `127.0.0.1\tlocalhost\n${address}\t${name}\n`,
    'resolv.conf': 'nameserver 10.0.2.1\n',
    'os-release': 'PRETTY_NAME="Living Kubernetes"\nNAME="Living Kubernetes"\nID=living\n',
  }))
    files.write(`/etc/${path}`, text)
}
