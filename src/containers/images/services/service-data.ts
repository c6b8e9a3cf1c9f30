// Programs that only start, log and listen: what each needs, says and answers, as data. `{v}` is its version, `{t}`
// the time (ISO), `{d}` the same with a blank, `{p}` the host's name.

export interface Service {
  readonly ports: readonly number[]
  /** What it writes as it starts. */
  readonly log?: readonly string[]
  /** What HTTP requests get, by path (`*`: any other); absent: it speaks no HTTP. */
  readonly http?: Readonly<Record<string, string | readonly [status: number, body: string, type?: string]>>
  /** It does not start unless one of these variables is set, and says so. */
  readonly needs?: { readonly variables: readonly string[]; readonly message: string }
  /** A file that it does not start without, and that tells its ports. */
  readonly configuration?: { readonly path: string; readonly missing: string; readonly port: RegExp }
  /** A file that its data directory gets, so that a volume is seen to be used. */
  readonly data?: { readonly path: string; readonly text: string }
  /**
   * About so many ms until it listens, by the order of what its own documentation and first lines of log tell; nobody has
   * measured it. Draws are around it (`startUpAbout`).
   */
  readonly bootMs?: number
  /** Exit code after SIGTERM. */
  readonly exit?: number
  /** The version where the tag says none. */
  readonly version?: string
  /** Its image has no shell: nothing to exec into. */
  readonly bare?: boolean
}

export const page = (title: string, text: string): string =>
  `<!DOCTYPE html>\n<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1><p>${text}</p></body>\n</html>\n`
export const site = (title: string, text = `${title} is running.`) => ({
  '*': [200, page(title, text), 'text/html'] as const,
})
export const json = (value: unknown): readonly [number, string, string] => [
  200,
  `${JSON.stringify(value)}\n`,
  'application/json',
]
