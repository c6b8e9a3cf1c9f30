// The journal of a node, as far as learners look for it there: what the kubelet wrote in klog's form, what the runtime did,
// and when systemd started or stopped one of them.
import { type Engine, formatMicroTime, formatTime } from '../engine/engine.ts'

const limit = 500
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export type Unit = 'kubelet' | 'containerd' | 'docker'

interface Line {
  readonly unit: Unit
  readonly at: number
  /** Made when somebody reads it. */
  readonly text: () => string
}

export class Journal {
  readonly #engine: Engine
  readonly #node: string
  readonly #lines: Line[] = []
  /** When each service last started or stopped. */
  readonly since: Record<Unit, number>

  constructor(engine: Engine, node: string, since: Record<Unit, number>) {
    this.#engine = engine
    this.#node = node
    this.since = since
  }

  /** A line of klog: `level` is I, W or E; `where` the file and line of the kubelet's source. */
  log(level: 'I' | 'W' | 'E', where: string, text: () => string): void {
    const { now } = this.#engine
    this.#write('kubelet', 'kubelet[1015]', () => {
      const micro = formatMicroTime(now)
      return `${level}${micro.slice(5, 7)}${micro.slice(8, 10)} ${micro.slice(11, 26)}    1015 ${where}] ${text()}`
    })
  }

  /** A line of containerd. */
  runtime(level: 'info' | 'error', message: () => string): void {
    const { now } = this.#engine
    this.#write('containerd', 'containerd[742]', () => {
      const time = formatMicroTime(now).replace('Z', '000Z')
      return `time="${time}" level=${level} msg=${JSON.stringify(message())}`
    })
  }

  /** A line of systemd's own, when a service starts or stops. */
  service(unit: Unit, text: string): void {
    this.since[unit] = this.#engine.now
    this.#write(unit, 'systemd[1]', () => text)
  }

  #write(unit: Unit, who: string, text: () => string): void {
    const { now } = this.#engine
    const line = () => {
      const time = formatTime(now)
      const stamp = `${months[Number(time.slice(5, 7)) - 1]} ${time.slice(8, 10)} ${time.slice(11, 19)}`
      return `${stamp} ${this.#node} ${who}: ${text()}\n`
    }
    this.#lines.push({ unit, at: now, text: line })
    if (this.#lines.length > limit) this.#lines.shift()
  }

  /** The last lines, of one unit or of all; all that are kept where no number is given. */
  text({ unit, lines = limit, since = 0 }: { unit?: Unit; lines?: number; since?: number } = {}): string {
    const chosen = this.#lines.filter(line => (!unit || line.unit === unit) && line.at >= since)
    return chosen
      .slice(-Math.max(1, lines))
      .map(line => line.text())
      .join('')
  }
}
