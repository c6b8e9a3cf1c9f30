// One look of a probe at its container: a command, an HTTP or HTTPS request, a TCP connection, a call of gRPC's health
// protocol (pkg/kubelet/prober/prober.go, pkg/probe/{exec,http,tcp,grpc}). Certificates are not verified, as there.
import type { Container } from '../containers/container.ts'
import type { ContainerSpec } from '../containers/types.ts'
import type { HttpRequest, HttpResponse, Result } from '../engine/network.ts'
import { Fiber, sleep, type Task, withTimeout } from '../engine/task.ts'
import type { HTTPGetAction, Probe } from '../kinds/schema/types.ts'
import { execInside, portNumber } from './hooks.ts'
import type { PodWorker } from './pod-worker.ts'

/** Undefined: the container answered as it should; else what went wrong. */
export function* attempt(
  worker: PodWorker,
  spec: ContainerSpec,
  container: Container,
  probe: Probe,
): Task<string | undefined> {
  const seconds = probe.timeoutSeconds ?? 1
  if (probe.exec) return yield* runCommand(container, probe.exec.command ?? [], seconds)
  const handler: { port: number | string; host?: string } = probe.httpGet ?? probe.tcpSocket ?? probe.grpc!
  const port = portNumber(spec, handler.port)
  if (port === undefined) return `couldn't find port: "${handler.port}"`
  const host = handler.host || worker.runtime.sandbox?.state.address || ''
  const target: Target = { worker, host, port, seconds }
  if (probe.httpGet) return yield* request(target, probe.httpGet)
  if (probe.grpc) return yield* checkHealth(target, probe.grpc.service ?? '')
  return yield* open(target)
}

interface Target {
  readonly worker: PodWorker
  readonly host: string
  readonly port: number
  /** How long to wait. */
  readonly seconds: number
}

function* runCommand(
  container: Container,
  command: readonly string[],
  seconds: number,
): Task<string | undefined> {
  const { code, output, error } = yield* execInside(container, command, seconds * 1000)
  if (error)
    return `OCI runtime exec failed: exec failed: unable to start container process: ${error}: unknown`
  if (code === undefined) return `command timed out: "${command.join(' ')}" timed out after ${seconds}s`
  return code === 0 ? undefined : output
}

function* open({ worker, host, port, seconds }: Target): Task<string | undefined> {
  const result = yield* worker.kubelet.network.network.connect(host, port, seconds * 1000)
  if (result.ok) return undefined
  const why = result.error.type === 'timeout' ? 'i/o timeout' : 'connect: connection refused'
  return `dial tcp ${host}:${port}: ${why}`
}

/** One exchange from the node; undefined where there was no answer in time. */
function* exchange(
  { worker, host, port, seconds }: Target,
  message: Omit<HttpRequest, 'from'>,
): Task<Result<HttpResponse> | undefined> {
  const { kubelet } = worker
  const fiber = new Fiber(
    kubelet.engine,
    kubelet.network.network.http({ host, port }, message, seconds * 1000),
  )
  const outcome = yield* withTimeout(fiber.outcome, seconds * 1000)
  if (!outcome) fiber.kill()
  if (outcome?.type === 'threw') throw outcome.error
  const result = outcome?.type === 'returned' ? outcome.value : undefined
  return result && !result.ok && result.error.type === 'timeout' ? undefined : result
}

function* request(
  target: Target,
  { path = '/', scheme = 'HTTP', httpHeaders = [] }: HTTPGetAction,
): Task<string | undefined> {
  const at = `${target.host}:${target.port}`
  const url = `${scheme.toLowerCase()}://${at}${path.startsWith('/') ? '' : '/'}${path}`
  const headers: Record<string, string> = { host: at, 'user-agent': 'kube-probe/1.36', accept: '*/*' }
  for (const { name, value } of httpHeaders) headers[name.toLowerCase()] = value
  const secure = scheme === 'HTTPS'
  const result = yield* exchange(target, {
    method: 'GET',
    path,
    headers,
    body: '',
    ...(secure && { secure }),
  })
  if (!result)
    return `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`
  if (!result.ok) {
    const { type } = result.error
    if (type === 'plain') return `Get "${url}": http: server gave HTTP response to HTTPS client`
    if (type === 'reset') return `Get "${url}": EOF`
    return `Get "${url}": dial tcp ${at}: connect: connection refused`
  }
  const { status } = result.value
  return status >= 200 && status < 400 ? undefined : `HTTP probe failed with statuscode: ${status}`
}

const [ok, unimplemented] = ['0', '12']
const codes: Readonly<Record<string, string>> = { 2: 'Unknown', 5: 'NotFound', 14: 'Unavailable' }

/** A server that speaks no gRPC never lets the connection get ready: the client tries until its time is over. */
function* checkHealth(target: Target, service: string): Task<string | undefined> {
  const { worker, host, port, seconds } = target
  const began = worker.kubelet.engine.now
  const result = yield* exchange(target, {
    method: 'POST',
    path: '/grpc.health.v1.Health/Check',
    headers: { 'content-type': 'application/grpc', 'user-agent': 'kube-probe/1.36', te: 'trailers' },
    body: service,
  })
  const headers = result?.ok ? result.value.headers : {}
  const status = headers['grpc-status']
  if (status === undefined) {
    const { engine } = worker.kubelet
    const left = began + seconds * 1000 - engine.now
    if (left > 0) yield* sleep(left)
    return `timeout: failed to connect service "${host}:${port}" within ${seconds}s: context deadline exceeded`
  }
  const { body } = (result as { value: HttpResponse }).value
  if (status === unimplemented)
    return `error: this server does not implement the grpc health protocol (grpc.health.v1.Health): ${body}`
  if (status !== ok)
    return `error: health rpc probe failed: rpc error: code = ${codes[status] ?? 'Unknown'} desc = ${body}`
  return body === 'SERVING' ? undefined : `service unhealthy (responded with "${body}")`
}
