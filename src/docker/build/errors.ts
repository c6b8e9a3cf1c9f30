// How a build fails: words for `ERROR: failed to solve: …`, where in the Dockerfile, and which step with what it printed.
import type { Vertex } from './progress.ts'

export class BuildError extends Error {
  readonly lines: readonly [first: number, last: number] | undefined
  readonly vertex: Vertex | undefined
  constructor(message: string, lines?: readonly [first: number, last: number], vertex?: Vertex) {
    super(message)
    this.lines = lines
    this.vertex = vertex
  }
}

/** The step that failed, with its output, as it is shown again at the end. */
export function failedStep(vertex: Vertex): string {
  const lines = vertex.logs
    .slice(-20)
    .map(({ at, text }) => `${((at - vertex.started!) / 1000).toFixed(3)} ${text}\n`)
  return `------\n > ${vertex.name}:\n${lines.join('')}------\n`
}
