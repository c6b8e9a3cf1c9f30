// What the kubelet does only where somebody asks for it.
import { PartTable } from '../engine/parts.ts'

/** Logs, exec, attach, port-forward. */
export const connectorParts = new PartTable<typeof import('./connector.ts')>('streams of the kubelet', {
  exec: () => import('./connector.ts'),
})

/** Its HTTP server, for `nodes/NAME/proxy/…`. */
export const serverParts = new PartTable('server of the kubelet', {
  server: () => import('./kubelet-server.ts').then(each => each.kubeletServer),
})
