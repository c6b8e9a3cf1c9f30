// etcd: a member of its own that answers on its client port, and its health protocol. The cluster's own etcd pod only
// runs: its data is the API server's store.
import { formatTime } from '../../engine/engine.ts'
import type { Listener } from '../../engine/network.ts'
import type { Program } from '../../engine/process.ts'
import { flag } from './flag.ts'
import { grpcAnswer } from './grpc.ts'
import { answer, untilSignal } from './http.ts'
import type { ImageMaker } from './image.ts'

const run = (version: string): Program =>
  function* ({ argv, engine, network, stderr, stdout }) {
    if (argv.includes('--version')) {
      stdout.write(
        `etcd Version: ${version}\nGit SHA: 0000000\nGo Version: go1.24.6\nGo OS/Arch: linux/amd64\n`,
      )
      return 0
    }
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

export const etcd: ImageMaker = ({ version }) => ({
  programs: {
    '/usr/local/bin/etcd': { run: run(version), handlesSignals: true },
    // The pods of the reference cluster call their program /pause.
    '/pause': { run: run(version), handlesSignals: true },
  },
  entrypoint: ['/usr/local/bin/etcd'],
  ...(/^3\.[0-4]\b/.test(version) && { shell: 'busybox' as const }),
})
