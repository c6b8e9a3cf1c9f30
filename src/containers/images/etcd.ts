// etcd: a member of its own that answers on its client port, and its health protocol. The cluster's own etcd pod has
// its ports, those of clients and members closed to all without its certificates: its data is the API server's store.
import { formatTime } from '../../engine/engine.ts'
import type { HttpHandler, Listener } from '../../engine/network.ts'
import type { Program } from '../../engine/process.ts'
import { startUp } from '../listening.ts'
import { flag } from './flag.ts'
import { grpcAnswer } from './grpc.ts'
import { answer, untilSignal } from './http.ts'
import type { ImageMaker } from './image.ts'

const run = (version: string): Program =>
  function* (process) {
    const { argv, engine, network, stderr, stdout } = process
    if (argv.includes('--version')) {
      stdout.write(
        `etcd Version: ${version}\nGit SHA: 0000000\nGo Version: go1.24.6\nGo OS/Arch: linux/amd64\n`,
      )
      return 0
    }
    yield* startUp(process, 'go')
    const listeners: (Listener | undefined)[] = []
    const clients = flag(argv, 'listen-client-urls')
    // The control plane's member listens on its node, where the API server finds it.
    if (clients !== undefined)
      for (const url of clients.split(',')) {
        if (url.startsWith('https')) continue
        const port = Number(/:(\d+)/.exec(url)?.[1] ?? 2379)
        listeners.push(
          network.listen(port, function* ({ method, path, body }) {
            if (method === 'POST') return grpcAnswer(path, body, () => true)
            if (path === '/health') return answer(200, '{"health":"true","reason":""}')
            if (path === '/version')
              return answer(200, `{"etcdserver":"${version}","etcdcluster":"${version}"}`)
            return answer(404, '404 page not found\n')
          }),
        )
        stderr.write(
          `${JSON.stringify({ level: 'info', ts: formatTime(engine.now), msg: 'serving client traffic insecurely; this is strongly discouraged!', address: url })}\n`,
        )
      }
    return yield* untilSignal(0, listeners)
  }

/** As kubeadm starts it: 2379 for clients, 2380 for members, 2381 for health and metrics. */
const member = (version: string): Program =>
  function* (process) {
    if (process.argv.length > 1) return yield* run(version)(process)
    const { network } = process
    const health: HttpHandler = function* ({ path }) {
      return path === '/health'
        ? answer(200, '{"health":"true","reason":""}')
        : answer(404, '404 page not found\n')
    }
    return yield* untilSignal(0, [
      network.listen(2379),
      network.listen(2380),
      network.listen(2381, health, undefined, '127.0.0.1'),
    ])
  }

export const etcd: ImageMaker = ({ version }) => ({
  programs: {
    '/usr/local/bin/etcd': { run: run(version), handlesSignals: true },
    // The pods of the reference cluster call their program /pause.
    '/pause': { run: member(version), handlesSignals: true },
  },
  entrypoint: ['/usr/local/bin/etcd'],
  ...(/^3\.[0-4]\b/.test(version) && { shell: 'busybox' as const }),
})
