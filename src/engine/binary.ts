// Executables as files. What a program does cannot stand in a text as machine code, so what stands in the file says which
// program it is, in a form that its machine can run, and how large the real file would be. Whoever copies the text copies
// the program: COPY, docker cp, tar, kubectl cp.

export interface Binary {
  /** What can run it: `go`. */
  readonly kind: string
  /** Bytes of the real file. */
  readonly size: number
  /** What it does, for who runs it. */
  readonly payload: string
}

const head = '\x7fELF\x02'

export const binaryText = ({ kind, size, payload }: Binary): string => `${head} ${size} ${kind} ${payload}`

/** Undefined where the text is no such file. */
export function readBinary(text: string): Binary | undefined {
  if (!text.startsWith(head)) return undefined
  const [, size, kind, payload] = /^\S+ (\d+) (\S+) ([\s\S]*)$/.exec(text) ?? []
  return kind === undefined ? undefined : { kind, size: Number(size), payload: payload! }
}

/** The size that a file of this text claims to have; undefined for all but executables. */
export const claimedSize = (text: string): number | undefined =>
  text.startsWith(head) ? readBinary(text)?.size : undefined
