// Runs a task to its end within one event: what it sleeps passes on a clock of its own, and the world's stands still.
// For work that others wait for in the middle of something (the API server's call to a webhook). What waits for anything
// but time gets no answer.
import type { Engine } from './engine.ts'
import type { Task } from './task.ts'

/** The task's value, with the virtual ms that it took; undefined where it takes longer than `limitMs`, or for ever. */
export function runAtOnce<T>(
  task: Task<T>,
  engine: Engine,
  limitMs: number,
): { readonly value: T; readonly ms: number } | undefined {
  const due: { at: number; act: () => void }[] = []
  let elapsed = 0
  const clock = Object.create(engine, {
    after: {
      value(ms: number, act: () => void) {
        const timer = { at: elapsed + Math.max(0, ms), act }
        due.push(timer)
        const cancel = () => {
          const i = due.indexOf(timer)
          if (i >= 0) due.splice(i, 1)
        }
        return { cancel }
      },
    },
  }) as Engine
  let step = task.next()
  while (!step.done) {
    let woken: { value: unknown } | undefined
    const cancel = step.value.start(clock, value => {
      woken ??= { value }
    })
    while (!woken) {
      const next = due.sort((a, b) => a.at - b.at)[0]
      if (!next || next.at > limitMs) {
        cancel()
        task.return(undefined as never)
        return undefined
      }
      due.shift()
      elapsed = next.at
      next.act()
    }
    step = task.next((woken as { value: unknown }).value)
  }
  return { value: step.value, ms: elapsed }
}
