// The kubelet's end of logs, exec and the like, which is loaded when the API server first calls it.
import type { NodeConnector } from '../api/types.ts'
import type { Kubelet } from './kubelet.ts'
import { connectorParts, serverParts } from './loaders.ts'

export function lateConnector(kubelet: Kubelet): NodeConnector {
  let made: NodeConnector | undefined
  const whole = () => {
    made ??= connectorParts.get('exec').nodeConnector(kubelet)
    return made
  }
  return {
    unreachable: () => whole().unreachable?.(),
    logs: (...args) => whole().logs(...args),
    followLogs: (...args) => whole().followLogs(...args),
    exec: (...args) => whole().exec(...args),
    attach: (...args) => whole().attach(...args),
    portForward: (...args) => whole().portForward(...args),
    http: request => serverParts.get('server')(kubelet, request),
  }
}
