// The tutorial's own program in its versions: a Go web server on port 3000. It has no shell and writes no log; Go ends
// it with exit code 2 when SIGTERM comes.

import { FileError } from '../../engine/files.ts'
import type { HttpRequest, HttpResponse } from '../../engine/network.ts'
import type { Process, Program } from '../../engine/process.ts'
import { sleep } from '../../engine/task.ts'
import { answer, goServer, untilSignal } from './http.ts'
import type { Image } from './image.ts'

type Routes = Record<string, (request: HttpRequest) => HttpResponse>

const port = 3000
const text = (body: string) => () => answer(200, body)

/** A version is what it serves. */
const versions: Record<string, (process: Process) => Routes> = {
  v1: () => ({ '/': text('[v1] Hello, Kubernetes!') }),
  v2: () => ({ '/': text('[v2] Hello, Kubernetes!') }),
  v3_hostname: ({ hostname }) => ({
    '/': text(`[v3] Hello, Kubernetes!, From host: ${hostname}\n`),
  }),
  v3_nginxingress: ({ hostname }) => ({
    '/hello': text(`[v3] Hello, Kubernetes!, this is ingress test, host:${hostname}\n`),
    '/': text(`[v3] Hello, Kubernetes!, From host: ${hostname}\n`),
  }),
  liveness: process => {
    const started = process.engine.now
    return {
      '/healthz': () => {
        const seconds = (process.engine.now - started) / 1000
        return seconds > 15 ? answer(500, `error: ${seconds}`) : answer(200, 'ok')
      },
      '/': text('[v2] Hello, Kubernetes!'),
    }
  },
  readiness: () => ({
    '/healthz': () => answer(500, ''),
    '/': text('[v2] Hello, Kubernetes!'),
  }),
  v4_configmap: process => ({
    '/hello': () =>
      answer(
        200,
        `[v4] Hello, Kubernetes! From host: ${process.hostname}\nGet Database Connect URL: ${process.env.get('DB_URL') ?? ''}\napp-config.json:${fileOrError(process, '/etc/configmap_vol/app-config.json')}\n`,
      ),
  }),
  v4_secret: process => ({
    '/hello': () =>
      answer(
        200,
        `[v4] Hello, Kubernetes! From host: ${process.hostname}\nGet Database Connect URL: ${process.env.get('DB_URL') ?? ''}\nGet Database Connect Password: ${process.env.get('DB_PASSWD') ?? ''}\n`,
      ),
  }),
}

/** What os.ReadFile gives, or its error. */
function fileOrError({ files }: Process, path: string): string {
  try {
    return files.read(path)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    return `open ${path}: ${error.reason.toLowerCase()}`
  }
}

function* panic({ stderr }: Process): ReturnType<Program> {
  yield* sleep(5)
  stderr.write(
    'panic: something went wrong\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:13 +0x39\n',
  )
  return 2
}

const server = (routes: (process: Process) => Routes): Program =>
  function* (process) {
    const listener = process.network.listen(port, goServer(process, routes(process)))
    if (!listener) {
      process.stderr.write(`panic: listen tcp :${port}: bind: address already in use\n`)
      return 2
    }
    return yield* untilSignal(2, [listener])
  }

const sizes: Record<string, number> = {
  v1: 2_729_721,
  v2: 2_729_725,
  v2_problem: 1_010_341,
  v3_hostname: 2_731_903,
  v3_nginxingress: 2_732_011,
  liveness: 2_741_241,
  readiness: 2_738_931,
  v4_configmap: 2_745_507,
  v4_secret: 2_745_311,
}

/** One image a version: they share nothing but their name. */
export const hellok8s: readonly Image[] = Object.entries(sizes).map(([version, size]) => ({
  repository: 'leigg/hellok8s',
  tags: { [version]: size },
  programs: {
    '/app/main': { handlesSignals: true, run: version === 'v2_problem' ? panic : server(versions[version]!) },
  },
  entrypoint: ['/app/main'],
  workingDir: '/app',
  ports: [port],
}))
