// What a stage takes of the build's context: known before its steps are done, so that only that is sent, and so that a file
// that is not there ends the build at once.
import { resolvePath } from '../../engine/files.ts'
import { NotFound } from './copy.ts'
import { expandAt } from './expand.ts'
import type { CopyStep, Instruction } from './instructions.ts'
import { contextPaths } from './load-context.ts'
import type { Solver } from './solver.ts'

/** Steps that are numbered. */
export const isStep = ({ type }: Instruction): boolean => /^(RUN|COPY|ADD|WORKDIR)$/.test(type)

export class ContextUse {
  readonly #solver: Solver
  readonly #instructions: readonly Instruction[]

  constructor(solver: Solver, instructions: readonly Instruction[]) {
    this.#solver = solver
    this.#instructions = instructions
  }

  get #copies(): CopyStep[] {
    return this.#instructions.filter(isFromContext)
  }

  get isAny(): boolean {
    return this.#copies.length > 0
  }

  /** Paths of the context that the steps take, relative to it. */
  get sources(): string[] {
    const lookup = (name: string) => this.argument(name)
    return this.#copies
      .flatMap(each => each.sources.map(source => ({ source, lines: each.lines })))
      .filter(({ source }) => !/^https?:\/\//.test(source) && !source.startsWith('<<'))
      .map(({ source, lines }) =>
        resolvePath('/', expandAt(source, lookup, this.#solver.escapeMark, lines)).slice(1),
      )
  }

  /** A first guess at an argument, before the stage is built. */
  argument(name: string): string | undefined {
    const { options } = this.#solver
    const given = options.args.get(name)
    if (given !== undefined) return given
    for (const each of this.#instructions) {
      if (each.type === 'ARG')
        for (const [key, value] of each.args)
          if (key === name) return value ?? this.#solver.metaArgs().get(name)
      if (each.type === 'ENV') for (const [key, value] of each.pairs) if (key === name) return value
    }
    return undefined
  }

  /**
   * The first step that names what the context, which is here, has not; `place` counts the numbered steps. A source with
   * variables in it is left to its turn.
   */
  missing(): { readonly step: CopyStep; readonly place: number; readonly error: NotFound } | undefined {
    for (const [i, step] of this.#instructions.filter(isStep).entries())
      if (isFromContext(step))
        for (const source of step.sources.filter(each => !/^<<|^https?:|\$/.test(each)))
          try {
            contextPaths(this.#solver.context, source)
          } catch (error) {
            if (!(error instanceof NotFound)) throw error
            return { step, place: i + 1, error }
          }
    return undefined
  }
}

const isFromContext = (each: Instruction): each is CopyStep =>
  (each.type === 'COPY' || each.type === 'ADD') && !each.flags.has('from')
