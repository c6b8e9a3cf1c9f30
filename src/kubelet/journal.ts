// What the kubelet writes to its node's journal, as far as learners look for it there: that it started and ended, and
// every sync of a pod that failed, in klog's form.
import { type Engine, formatMicroTime, formatTime } from '../engine/engine.ts'

const limit = 500
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export class Journal {
  readonly #engine: Engine
  readonly #node: string
  readonly #lines: string[] = []
  /** When the kubelet last started or stopped. */
  since: number

  constructor(engine: Engine, node: string, since: number) {
    this.#engine = engine
    this.#node = node
    this.since = since
  }

  /** A line of klog: `level` is I, W or E. */
  log(level: 'I' | 'W' | 'E', where: string, text: string): void {
    const micro = formatMicroTime(this.#engine.now)
    this.#write(
      'kubelet[1015]',
      `${level}${micro.slice(5, 7)}${micro.slice(8, 10)} ${micro.slice(11, 26)}    1015 ${where}] ${text}`,
    )
  }

  /** A line of systemd's own, when the service starts or stops. */
  service(text: string): void {
    this.since = this.#engine.now
    this.#write('systemd[1]', text)
  }

  #write(who: string, text: string): void {
    const time = formatTime(this.#engine.now)
    const stamp = `${months[Number(time.slice(5, 7)) - 1]} ${time.slice(8, 10)} ${time.slice(11, 19)}`
    this.#lines.push(`${stamp} ${this.#node} ${who}: ${text}\n`)
    if (this.#lines.length > limit) this.#lines.shift()
  }

  /** The last lines, all that are kept where no number is given. */
  text(lines = limit): string {
    return this.#lines.slice(-Math.max(1, lines)).join('')
  }
}
