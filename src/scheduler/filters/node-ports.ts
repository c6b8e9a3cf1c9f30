import { podInfo } from '../pod-info.ts'
import { always, type Filter, rejected } from './filter.ts'

/** NodePorts: host ports that another pod of the node has already. */
export const nodePorts: Filter = {
  name: 'NodePorts',
  wakes: { node: always, 'pod-gone': pod => podInfo(pod).hostPorts.length > 0 },
  prepare({ hostPorts }) {
    if (hostPorts.length === 0) return undefined
    return node =>
      hostPorts.some(port => node.hasPort(port))
        ? rejected("node(s) didn't have free ports for the requested pod ports")
        : undefined
  },
}
