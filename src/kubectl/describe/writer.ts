// Collects what a describer says, and aligns it at the end (kubectl's PrefixWriter over a tabwriter). A flush begins a
// new alignment, as the events do.
import { describeTabs, tabulate } from '../print/tab-writer.ts'

export class DescribeWriter {
  #done = ''
  #pending = ''

  /** Text at a level of indentation; line feeds are the caller's. */
  write(level: number, text: string): void {
    this.#pending += '  '.repeat(level) + text
  }

  /** `Label:\tvalue`. */
  field(label: string, value: string | number | boolean, level = 0): void {
    this.write(level, `${label}:\t${value}\n`)
  }

  /** A line of tab-separated cells. */
  line(level: number, ...cells: (string | number)[]): void {
    this.write(level, `${cells.join('\t')}\n`)
  }

  flush(): void {
    this.#done += tabulate(this.#pending, describeTabs)
    this.#pending = ''
  }

  /** Everything, aligned. */
  get text(): string {
    this.flush()
    return this.#done
  }

  /** Everything, tabs and all (rollout history prints so). */
  get raw(): string {
    return this.#done + this.#pending
  }
}

/** A part further in: whatever is written begins so many levels deeper, also where it goes on in a line. */
export class NestedWriter extends DescribeWriter {
  readonly #outer: DescribeWriter
  readonly #level: number

  constructor(outer: DescribeWriter, level: number) {
    super()
    this.#outer = outer
    this.#level = level
  }

  override write(level: number, text: string): void {
    this.#outer.write(this.#level + level, text)
  }
}
