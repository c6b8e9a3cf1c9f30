import { type Filter, rejected } from './filter.ts'

/** NodePorts: host ports that another pod of the node has already. */
export const nodePorts: Filter = {
  name: 'NodePorts',
  wakes: ['node', 'pod-gone'],
  prepare({ hostPorts }) {
    if (hostPorts.length === 0) return undefined
    return node =>
      hostPorts.some(port => node.hasPort(port))
        ? rejected("node(s) didn't have free ports for the requested pod ports")
        : undefined
  },
}
