// What the kubelet does for the API server: logs, exec, attach, port-forward (pkg/kubelet/server/server.go). The words
// of failures are those that `kubectl` shows.
import type {
  ExecStream,
  LogOptions,
  LogStream,
  NodeConnector,
  NodeFailure,
  PortForward,
} from '../api/types.ts'
import type { Container } from '../containers/container.ts'
import { onSettled } from '../containers/container-processes.ts'
import { limit } from '../containers/logs.ts'
import type { ContainerSpec } from '../containers/types.ts'
import { byteLength } from '../engine/bytes.ts'
import { latencies } from '../engine/latencies.ts'
import { emptyInput, Pipe } from '../engine/pipe.ts'
import { Random } from '../engine/random.ts'
import { Deferred, Fiber, type Task, wait } from '../engine/task.ts'
import type { ContainerStatus, Pod } from '../kinds/schema/types.ts'
import type { Kubelet } from './kubelet.ts'
import { unavailable } from './runtime-service.ts'

type Failure = { failure: NodeFailure }

const failure = (code: number, reason: string, message: string): Failure => ({
  failure: { code, reason, message },
})

/** No longer than the end of all of a pod took, the runtime may still know a container that has ended as one that runs. */
const endedMs = latencies.stop.at(-1)!
/** Of three recorded attachments to a container that had just ended containerd refused one, the kubelet two. */
const runtimeRefuses = 1 / 3
const executing = 'error executing command in container: failed to exec in container'

/**
 * A container's input as one client has it. Its end is that of the container's where it is read once (stdinOnce), and at a
 * terminal, where Ctrl-D is a key like others, which the container's own terminal takes for the end.
 */
class AttachedInput extends Pipe {
  readonly #container: Pipe
  readonly #once: boolean
  readonly #terminal: boolean

  constructor(container: Pipe, { stdinOnce, tty }: ContainerSpec) {
    super()
    this.#container = container
    this.#once = stdinOnce === true
    this.#terminal = tty === true
  }

  override write(text: string): boolean {
    return this.#container.write(text)
  }

  override get waiting(): number {
    return this.#container.waiting
  }

  override close(): void {
    if (this.#once || this.#terminal) this.#container.close()
  }

  /** The client has gone. */
  leave(): void {
    if (this.#once) this.#container.close()
  }
}

export function nodeConnector(kubelet: Kubelet): NodeConnector {
  const workerOf = (pod: Pod) => kubelet.worker(pod.metadata.uid ?? '')

  const logOf = (pod: Pod, name: string, options: LogOptions): Container | Failure => {
    const runtime = workerOf(pod)?.runtime
    const newest = runtime?.find(name)
    if (options.previous) {
      const found =
        newest?.state.state === 'exited' && !runtime?.previous(name) ? undefined : runtime?.previous(name)
      const waiting = newest?.state.state === 'exited' && newest.state.restartCount > 0 ? newest : undefined
      return (
        found ??
        waiting ??
        failure(
          400,
          'BadRequest',
          `previous terminated container "${name}" in pod "${pod.metadata.name}" not found`,
        )
      )
    }
    if (newest && newest.state.state !== 'created') return newest
    const before = runtime?.previous(name)
    if (before) return before
    const status = [
      ...(pod.status?.containerStatuses ?? []),
      ...(pod.status?.initContainerStatuses ?? []),
    ].find((s: ContainerStatus) => s.name === name)
    const reason = status?.state?.waiting?.reason
    const subject = `container "${name}" in pod "${pod.metadata.name}"`
    if (reason === 'ErrImagePull' || reason === 'ImagePullBackOff')
      return failure(400, 'BadRequest', `${subject} is waiting to start: trying and failing to pull image`)
    if (reason) return failure(400, 'BadRequest', `${subject} is waiting to start: ${reason}`)
    return failure(400, 'BadRequest', `${subject} is not available`)
  }

  const running = (pod: Pod, name: string, doing: string): Container | ExecStream | Failure => {
    if (!kubelet.runtimeService.active) return failure(500, 'InternalError', unavailable)
    const container = workerOf(pod)?.runtime.find(name)
    if (container?.running) return container
    const ended = container?.state.state === 'exited' ? container : undefined
    const isFresh = ended && kubelet.engine.now - (ended.state.finishedAt ?? 0) <= endedMs
    // A race: one that ended a moment ago may still be taken for one that runs.
    if (!isFresh || kubelet.random.float() > runtimeRefuses) {
      if (doing === executing) return failure(500, 'InternalError', `container not found ("${name}")`)
      const { name: podName, namespace } = pod.metadata
      return failure(500, 'InternalError', `container ${name} not found in pod ${podName}_${namespace}`)
    }
    // The connection is made; that there is nothing to connect to comes over it.
    const why = `failed to load task: no running task found: task ${ended.state.id} not found: not found`
    const exit: ExecStream['exit'] = new Deferred()
    exit.settle({ error: `Internal error occurred: Internal error occurred: ${doing}: ${why}` })
    const [stdin, stdout, stderr] = [new Pipe(), new Pipe(), new Pipe()]
    stdout.close()
    stderr.close()
    return { type: 'exec', stdin, stdout, stderr, exit, signal() {}, close() {} }
  }

  return {
    unreachable() {
      if (!kubelet.stopped) return undefined
      return kubelet.network.isCut ? 'no route to host' : 'connection refused'
    },

    logs(pod, name, options) {
      const container = logOf(pod, name, options)
      if ('failure' in container) return container
      // The containers of an evicted pod are removed, and their logs with them.
      if (workerOf(pod)?.failure?.reason === 'Evicted' && !container.running)
        return { text: `unable to retrieve container logs for containerd://${container.state.id}` }
      return { text: container.log.text(options) }
    },

    followLogs(pod, name, options): LogStream | Failure {
      const container = logOf(pod, name, options)
      if ('failure' in container) return container
      const { log } = container
      const output = new Pipe()
      let left = options.limitBytes
      const follow = function* (): Task {
        let next = log.start(options)
        // Of the line that comes next: how much of it was there already, without its end.
        let begun = 0
        for (;;) {
          const text = limit(log.from(next, options).slice(begun), left)
          const open = log.keep()
          next = log.end - (open ? 1 : 0)
          begun = open ? log.from(next, options).length : 0
          if (text && !output.write(text)) return
          if (left !== undefined && (left -= byteLength(text)) <= 0) break
          if (!container.running) break
          yield* wait(log.changed)
        }
        output.close()
      }
      const fiber = new Fiber(kubelet.engine, follow())
      return { type: 'log', output, close: () => fiber.kill() }
    },

    exec(pod, name, { command, stdin, tty }): ExecStream | Failure {
      const container = running(pod, name, executing)
      if (!('options' in container)) return container
      const input = new Pipe()
      const stdout = new Pipe()
      const stderr = tty ? stdout : new Pipe()
      const exit: ExecStream['exit'] = new Deferred()
      const streams = { stdin: stdin ? input : emptyInput, stdout, stderr }
      const terminal = tty ? { columns: 80, rows: 24 } : undefined
      const started = container.exec(command, streams, terminal)
      const end = (value: { code: number } | { error: string }) => {
        stdout.close()
        stderr.close()
        exit.settle(value)
      }
      if ('error' in started) {
        const id = kubelet.random.hex(64)
        end({
          error: `Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: ${started.error}: unknown`,
        })
      } else {
        onSettled(kubelet.engine, started.fiber, outcome =>
          end({ code: outcome.type === 'returned' ? outcome.value : outcome.type === 'signalled' ? 137 : 1 }),
        )
      }
      const fiber = 'fiber' in started ? started.fiber : undefined
      return {
        type: 'exec',
        stdin: input,
        stdout,
        stderr,
        exit,
        signal: signal => fiber?.interrupt(signal),
        // Its programs look at the terminal anew each time.
        ...(terminal && { resize: size => void Object.assign(terminal, size) }),
        close: () => fiber?.kill(),
      }
    },

    attach(pod, name, { stdin }): ExecStream | Failure {
      const container = running(pod, name, 'error attaching to container')
      if (!('options' in container)) return container
      const output = new Pipe()
      const exit: ExecStream['exit'] = new Deferred()
      const { attached } = container.log
      attached.add(output)
      container.ended.start(kubelet.engine, () => exit.settle({ code: container.state.exitCode ?? 0 }))
      const stderr = new Pipe()
      stderr.close()
      const input = stdin && new AttachedInput(container.stdin, container.state.spec)
      const close = () => {
        attached.delete(output)
        output.close()
        if (input) input.leave()
      }
      return {
        type: 'exec',
        stdin: input || new Pipe(),
        stdout: output,
        stderr,
        exit,
        signal: signal => container.signal(signal),
        resize: size => container.resizeTerminal(size),
        close,
      }
    },

    portForward(pod): PortForward | Failure {
      const sandbox = workerOf(pod)?.runtime.sandbox
      if (!sandbox?.state.ready)
        return failure(500, 'InternalError', 'unable to forward port because pod is not running')
      return {
        type: 'portforward',
        protocol: port => sandbox.network.protocol?.(port),
        *http(port, request) {
          const { from: _, ...rest } = request
          const failed = (why: string) => ({ ok: false as const, failed: why })
          const id = new Random(1).fork(`sandbox ${pod.metadata.uid}`).hex(64)
          if (!sandbox.state.ready)
            return failed(
              `error forwarding port ${port} to pod ${id}, uid : failed to find sandbox "${id}" in store: not found`,
            )
          const got = yield* sandbox.network.http({ host: '127.0.0.1', port }, rest, 30_000)
          if (got.ok) return got
          const space = pod.spec.hostNetwork ? 'host' : `/var/run/netns/cni-${new Random(1).fork(id).uuid()}`
          const dial = (version: 4 | 6, host: string) =>
            `dial tcp${version} ${host}:${port}: connect: connection refused `
          return failed(
            `error forwarding port ${port} to pod ${id}, uid : failed to execute portforward in network namespace "${space}": failed to connect to localhost:${port} inside namespace "${id}", IPv4: ${dial(4, '127.0.0.1')}IPv6 ${dial(6, '[::1]')}`,
          )
        },
        close() {},
      }
    },
  }
}
