// The programs of a node that know its kubelet and its runtime.
import { containerParts } from '../../containers/programs/loaders.ts'
import type { Process } from '../../engine/process.ts'
import { type Tool, toolsOf } from '../../shell/command.ts'
import type { Kubelet } from '../kubelet.ts'
import { nodeParts } from './loaders.ts'

const shared = ['hostname', 'ping', 'nc']
/** What only the control plane's machine has. */
const controlOnly = ['etcdctl', 'etcdutl']
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
