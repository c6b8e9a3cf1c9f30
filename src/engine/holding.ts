// How much a program may hold at once. What runs stands within a bound, its machine's or its container's, and the bound
// follows it through what it starts; so whoever collects text (`held`, `readAll`) asks for room without knowing whose.

export interface Bound {
  /** Characters that one of its values may have now. */
  readonly most: number
}

/** Characters: no program gets more, wherever it runs. */
export const heldAtMost = 64 * 2 ** 20

const machine: Bound = { most: heldAtMost }
let current: Bound = machine

/** The bound of what runs just now. */
export const bound = (): Bound => current

/** What runs from here on stands within that bound; gives the one around it, which has to be set again afterwards. */
export function setBound(inner: Bound): Bound {
  const around = current
  current = inner
  return around
}

/** More than a program can hold: it ends, and says so. */
export class MemoryExhausted extends Error {
  constructor() {
    super('memory exhausted')
  }
}

/** The kernel kills a process that writes a file in memory where its container may have no more: that one, and not its parent. */
export class KilledForMemory extends MemoryExhausted {}

/** Makes sure that there is room for so many characters. */
export function hold(characters: number): void {
  if (characters > current.most) throw new MemoryExhausted()
}

/** A text that a program keeps, where it can. */
export function held(text: string): string {
  hold(text.length)
  return text
}

/** More was asked for than there is: of the program's bound, or of the machine's own that runs it all. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof MemoryExhausted ||
  error instanceof RangeError ||
  (error as Error)?.name === 'InternalError' ||
  (error instanceof SyntaxError && /stack overflow|too much recursion/i.test(error.message))
