// Lines that tell how far a long piece of work has come: a line a stage, its time at the end, and a sign of life every
// few seconds, also where the output is a log file.
const started = performance.now()

export const seconds = (ms: number): string =>
  ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`

export const elapsed = (): string => seconds(performance.now() - started)

export interface Stage {
  /** Replaces what the next sign of life says. */
  note(text: string): void
  end(result: string): number
}

/** Announces a stage of work and repeats itself every five seconds until it ends. */
export function stage(name: string): Stage {
  const begun = performance.now()
  let last = ''
  console.log(`▸ ${name}`)
  const timer = setInterval(() => {
    console.log(`  … ${name}: ${seconds(performance.now() - begun)}${last && `, ${last}`}`)
  }, 5000)
  timer.unref()
  return {
    note(text) {
      last = text
    },
    end(result) {
      clearInterval(timer)
      const ms = performance.now() - begun
      console.log(`  ${result} (${seconds(ms)})`)
      return ms
    },
  }
}
