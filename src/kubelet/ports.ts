// The ports on which a kubelet's process listens on its node: its health, and its server, which answers nobody whom it
// does not know (pkg/kubelet/server; the API server's own way to it is the connector).
import { byTls, type HttpHandler, type Listener } from '../engine/network.ts'
import type { NodeNetwork } from '../network/node-network.ts'

const text = (status: number, body: string) => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'content-length': String(body.length) },
  body,
})

const health: HttpHandler = function* ({ path }) {
  return path.split('?')[0] === '/healthz' ? text(200, 'ok') : text(404, '404 page not found\n')
}

const server = byTls(function* () {
  return text(401, 'Unauthorized')
})

/** Opens them; they close together. */
export function openPorts({ host }: NodeNetwork): Listener {
  const open = [host.listen(10_248, health, undefined, '127.0.0.1'), host.listen(10_250, server)]
  return {
    close() {
      for (const listener of open) listener?.close()
    },
  }
}
