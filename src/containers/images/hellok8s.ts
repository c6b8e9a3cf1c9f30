// The tutorial's own program in its versions: a Go web server on port 3000. It has no shell and writes no log; Go ends
// it with exit code 2 when SIGTERM comes.

import { FileError } from '../../engine/files.ts'
import type { HttpRequest, HttpResponse } from '../../engine/network.ts'
import type { Process, Program } from '../../engine/process.ts'
import { sleep } from '../../engine/task.ts'
import { startUp } from '../listening.ts'
import { answer, goServer, goThreads, logTime, untilSignal } from './http.ts'
import type { ImageMaker } from './image.ts'

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
    '/hello': () => {
      const file = (name: string) => `${name}:${fileOrError(process, `/etc/secret_vol/${name}`)}`
      return answer(
        200,
        `[v4] Hello, Kubernetes! From host: ${process.hostname}, Get Database Passwd: ${process.env.get('DB_PASSWD') ?? ''}\n\n${['some.txt', 'cert.key', 'config.yaml'].map(file).join('\n')}`,
      )
    },
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
    yield* startUp(process, 'go')
    const listener = process.network.listen(port, goServer(process, routes(process)))
    if (!listener) {
      // log.Fatal
      process.stderr.write(
        `${logTime(process.engine.now)} listen tcp :${port}: bind: address already in use\n`,
      )
      return 1
    }
    return yield* untilSignal(2, [listener])
  }

/** One image a version: they share nothing but their name. */
export const hellok8s: ImageMaker = ({ tag }) => ({
  programs: {
    '/app/main': {
      handlesSignals: true,
      threads: goThreads,
      run: tag === 'v2_problem' ? panic : server(versions[tag]!),
    },
  },
  entrypoint: ['/app/main'],
  workingDir: '/app',
  ports: [port],
})
