// Lifecycle hooks and exec and HTTP probes: what the kubelet runs in, or asks of, a container
// (pkg/kubelet/lifecycle/handlers.go, pkg/probe).

import type { Container } from '../containers/container.ts'
import type { ContainerSpec } from '../containers/types.ts'
import { Buffer, emptyInput } from '../engine/pipe.ts'
import { Fiber, sleep, type Task, withTimeout } from '../engine/task.ts'
import type { ContainerPort, LifecycleHandler } from '../kinds/schema/types.ts'
import type { PodWorker } from './pod-worker.ts'

export interface ExecResult {
  /** Undefined: not ended within its time. */
  readonly code: number | undefined
  readonly output: string
  /** It could not even start. */
  readonly error?: string
}

/** Runs a command in a container, for a time at most. */
export function* execInside(
  container: Container,
  command: readonly string[],
  timeoutMs: number,
): Task<ExecResult> {
  const output = new Buffer()
  const started = container.exec(command, { stdin: emptyInput, stdout: output, stderr: output })
  if ('error' in started) return { code: undefined, output: '', error: started.error }
  const { fiber } = started
  const outcome = yield* withTimeout(fiber.outcome, timeoutMs)
  if (!outcome) {
    fiber.kill()
    return { code: undefined, output: output.text }
  }
  return { code: outcome.type === 'returned' ? outcome.value : 137, output: output.text }
}

/** A port by number or by its name in the container. */
export function portNumber(container: ContainerSpec, port: number | string): number | undefined {
  if (typeof port === 'number') return port
  const named = container.ports?.find((p: ContainerPort) => p.name === port)?.containerPort
  return named ?? (/^\d+$/.test(port) ? Number(port) : undefined)
}

/** Undefined where the hook did well, else what went wrong. */
export function* runHook(
  worker: PodWorker,
  container: Container,
  hook: LifecycleHandler,
  timeoutMs = 3_600_000,
): Task<string | undefined> {
  const { kubelet, runtime } = worker
  if (hook.sleep) {
    yield* sleep(Math.min(timeoutMs, hook.sleep.seconds * 1000))
    return undefined
  }
  if (hook.exec) {
    const { code, output, error } = yield* execInside(container, hook.exec.command ?? [], timeoutMs)
    if (error) return `failed to exec in container: ${error}`
    if (code === 0) return undefined
    return code === undefined
      ? 'context deadline exceeded'
      : `command '${(hook.exec.command ?? []).join(' ')}' exited with ${code}: ${output}`
  }
  const { httpGet } = hook
  if (!httpGet) return undefined
  const port = portNumber(container.state.spec, httpGet.port)
  const host = httpGet.host || runtime.sandbox?.state.address || ''
  if (port === undefined) return `couldn't find port: ${httpGet.port}`
  const request = { method: 'GET', path: httpGet.path ?? '/', headers: { host: `${host}:${port}` }, body: '' }
  const fiber = new Fiber(kubelet.engine, kubelet.network.network.http({ host, port }, request, timeoutMs))
  const outcome = yield* withTimeout(fiber.outcome, timeoutMs)
  if (!outcome) fiber.kill()
  if (outcome?.type === 'threw') throw outcome.error
  const result = outcome?.type === 'returned' ? outcome.value : undefined
  if (!result?.ok)
    return `Get "http://${host}:${port}${request.path}": dial tcp ${host}:${port}: connect: connection refused`
  return result.value.status >= 400 ? `HTTP hook failed with status ${result.value.status}` : undefined
}
