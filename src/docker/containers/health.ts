// Checks of a container's health: a command that runs in it now and then (HEALTHCHECK, --health-cmd).
// Rules: moby 28, daemon/health.go.
import { Buffer, emptyInput } from '../../engine/pipe.ts'
import { Fiber, sleep, type Task, withTimeout } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer, Health } from '../daemon/state.ts'
import { containerEvent } from './events.ts'

const defaults = { interval: 30_000, timeout: 30_000, startPeriod: 0, retries: 3 }
/** So many results are kept. */
const kept = 5

export function watchHealth(daemon: Daemon, docker: DockerContainer): void {
  const check = docker.settings.healthcheck
  const [kind, ...command] = check?.test ?? []
  if (!check || !kind || kind === 'NONE') return
  const health: Health = { status: 'starting', failures: 0, log: [] }
  docker.health = health
  const argv = kind === 'CMD-SHELL' ? ['/bin/sh', '-c', ...command] : command
  const { interval, timeout, startPeriod, retries } = {
    interval: check.interval || defaults.interval,
    timeout: check.timeout || defaults.timeout,
    startPeriod: check.startPeriod ?? defaults.startPeriod,
    retries: check.retries || defaults.retries,
  }
  const { engine } = daemon
  const startedAt = engine.now
  const { container } = docker
  function* watch(): Task {
    for (;;) {
      yield* sleep(interval)
      if (docker.health !== health || !container?.running) return
      if (docker.status === 'paused') continue
      const start = engine.now
      const result = yield* run(argv, timeout)
      if (docker.health !== health) return
      health.log.push({ start, end: engine.now, ...result })
      if (health.log.length > kept) health.log.shift()
      const before = health.status
      if (result.exitCode === 0) {
        health.failures = 0
        health.status = 'healthy'
      } else if (health.status !== 'starting' || engine.now - startedAt >= startPeriod) {
        health.failures++
        if (health.failures >= retries) health.status = 'unhealthy'
      }
      if (health.status !== before) containerEvent(daemon, docker, `health_status: ${health.status}`)
    }
  }
  function* run(words: readonly string[], limit: number): Task<{ exitCode: number; output: string }> {
    const output = new Buffer()
    const started = container!.exec(words, { stdin: emptyInput, stdout: output, stderr: output })
    if ('error' in started) return { exitCode: -1, output: started.error }
    const outcome = yield* withTimeout(started.fiber.outcome, limit)
    if (!outcome) {
      started.fiber.kill()
      return { exitCode: -1, output: `Health check exceeded timeout (${limit / 1000}s)` }
    }
    const exitCode = outcome.type === 'returned' ? outcome.value : 137
    return { exitCode, output: output.text.slice(0, 4096) }
  }
  const fiber = new Fiber(engine, watch())
  container?.ended.start(engine, () => fiber.kill())
}
