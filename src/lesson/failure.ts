// A command that failed, as its terminal showed it: what the reader may ask about (src/lesson/tutor).

export interface Failure {
  /** The whole line, as it was typed. */
  readonly command: string
  /** What it printed, stdout and stderr as they came; of much output the end. */
  readonly output: string
  readonly exitCode: number
  /** Whether the command, or whoever else works beside the cluster's own components, changed an object meanwhile. */
  readonly changed: boolean
}

/** Characters of output that are kept. */
const longest = 8000
/** Of Ctrl-C: the reader knows why. */
const interrupted = 130
/** Their exit code says what they found, not that something is wrong. */
const findings =
  /^\s*(?:(?:kubectl|kk?)\s+(?:diff|auth\s+can-i)|diff|cmp|grep|egrep|fgrep|test|\[|which|false)\b/
/** Lines that say that something failed, also where a pipe or a list of commands ends well. */
const says =
  /^(?:error: |Error from server|The \S+ "[^"]*" is invalid: |The connection to the server |ERROR: |bash: |(?:docker|curl|wget|ssh|cat|ls): )/m

/** What one terminal's present command has printed, until it ends. */
export class Attempt {
  readonly #changes: () => number
  readonly #isMissing: (namespace: string) => boolean
  #command = ''
  #output = ''
  #before = 0

  /** `changes`: how often somebody outside has changed the cluster; `isMissing`: whether there is no such namespace. */
  constructor(changes: () => number, isMissing: (namespace: string) => boolean) {
    this.#changes = changes
    this.#isMissing = isMissing
  }

  begin(command: string): void {
    this.#command = command
    this.#output = ''
    this.#before = this.#changes()
  }

  print(text: string): void {
    this.#output += text
    if (this.#output.length > 2 * longest) this.#output = this.#output.slice(-longest)
  }

  /** What to ask about; undefined where nothing failed, or nothing was said. */
  end(exitCode: number): Failure | undefined {
    const output = this.#output.slice(-longest)
    if (!this.#hasFailed(exitCode, output)) return undefined
    return { command: this.#command, output, exitCode, changed: this.#changes() !== this.#before }
  }

  #hasFailed(exitCode: number, output: string): boolean {
    if (!output.trim() || exitCode === interrupted || output.includes('^C')) return false
    if (says.test(output)) return true
    // A list in a namespace that does not exist is empty, and no failure.
    const [, namespace] = /^No resources found in (\S+) namespace\.$/m.exec(output) ?? []
    if (namespace) return this.#isMissing(namespace)
    return exitCode !== 0 && !findings.test(this.#command)
  }
}
