// The lines of a pull or a push, one for each layer: on a terminal each is written anew where it stands (moby
// pkg/jsonmessage), elsewhere every change is a line of its own and amounts are left out.

import type { Writable } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import { humanSize } from '../units.ts'

/** `[=====>     ]  12.3MB/59.7MB` */
export function bar(current: number, total: number): string {
  const share = Math.min(1, current / total)
  const filled = Math.floor(share * 50)
  const arrow = filled >= 50 ? `${'='.repeat(50)}>` : `${'='.repeat(filled)}>${' '.repeat(50 - filled)}`
  return `[${arrow}]  ${humanSize(current, 4).padStart(6)}/${humanSize(total, 4)}`
}

/** Whoever is told how a push goes on. */
export interface PushReport {
  /** A line of its own: no layer's. */
  text(line: string): void
  set(id: string, status: string): void
  /** So many bytes of a layer have gone. */
  amount(id: string, status: string, current: number, total: number): void
}

export class LayerLines implements PushReport {
  readonly #out: Writable
  readonly #terminal: Process['terminal']
  readonly #ids: string[] = []
  readonly #last = new Map<string, string>()

  constructor(out: Writable, terminal: Process['terminal']) {
    this.#out = out
    this.#terminal = terminal
  }

  /** A line of its own: no layer's. */
  text(line: string): void {
    this.#out.write(`${line}\n`)
  }

  /** Lines of one more image: what stood before stays. */
  another(): LayerLines {
    return new LayerLines(this.#out, this.#terminal)
  }

  amount(id: string, status: string, current: number, total: number): void {
    this.set(id, status, bar(current, total))
  }

  /** `status` of a layer; `amount`: a bar that only a terminal shows. */
  set(id: string, status: string, amount = ''): void {
    if (!this.#terminal) {
      if (!amount && this.#last.get(id) !== status) this.#out.write(`${id}: ${status}\n`)
      this.#last.set(id, status)
      return
    }
    const line = `${id}: ${status}${amount ? ` ${amount}` : ''} `
    const at = this.#ids.indexOf(id)
    if (at < 0) {
      this.#ids.push(id)
      this.#out.write(`${line}\n`)
      return
    }
    const up = this.#ids.length - at
    this.#out.write(`\x1b[${up}A\x1b[2K\r${line}\x1b[${up}B\r`)
  }
}
