// What can go wrong in kubectl, and how it is told: the one place that writes `Error from server (…)`, `The X "y" is
// invalid: …` and `error: …` (kubectl pkg/cmd/util/helpers.go, checkErr).
import type { Status } from '../api/types.ts'
import { goQuote } from '../kinds/machinery/quote.ts'

/** A failure that kubectl words itself; printed with `error: ` in front unless it has that already. */
export class CommandError extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/** Ends the command without a word (ErrExit, or the exit code of a remote program). */
export class SilentExit extends Error {
  readonly exitCode: number
  constructor(exitCode: number) {
    super('exit')
    this.exitCode = exitCode
  }
}

/** Printed as it is, without any prefix. */
export class PlainError extends Error {}

/** The server said no. `message` may have been put into a sentence; the status stays as it came. */
export class StatusError extends Error {
  readonly status: Status
  constructor(status: Status, message = status.message ?? '') {
    super(message)
    this.status = status
  }
  get reason(): string {
    return this.status.reason ?? ''
  }
}

/** A field of --sort-by that has no order: kubectl ends at once, with a line of its log. */
export class UnsortableField extends Error {
  constructor(field: string, type: string) {
    super(
      `sorter.go:375] Field ${field} in [][][]reflect.Value is an unsortable type: interface, err: unsortable type: ${type}`,
    )
  }
}

/** No answer at all (net/url.Error): `Get "https://…": dial tcp …`. */
export class UnreachableError extends Error {
  readonly url: string
  readonly failure: string
  /** How long it took to find out, in ms. */
  readonly afterMs: number
  constructor(verb: string, url: string, failure: string, afterMs = 0) {
    super(`${verb} ${JSON.stringify(url)}: ${failure}`)
    this.url = url
    this.failure = failure
    this.afterMs = afterMs
  }
  /** In kubectl's words (StandardErrorMessage). */
  get text(): string {
    const host = this.url.replace(/^\w+:\/\/([^/]*).*$/s, '$1')
    return this.failure.includes('connection refused')
      ? `The connection to the server ${host} was refused - did you specify the right host or port?`
      : `Unable to connect to the server: ${this.failure}`
  }
}

/** No kind or resource of that name is served. */
export class NoMatchError extends CommandError {}

/** Several failures, one a line. */
export class AggregateFailure extends Error {
  readonly errors: readonly Error[]
  constructor(errors: readonly Error[]) {
    super(
      errors.length === 1 ? errors[0]!.message : `[${[...new Set(errors.map(e => e.message))].join(', ')}]`,
    )
    this.errors = errors
  }
}

/** LocalResourceError of the builder. */
export const localOnly = (): CommandError =>
  new CommandError(
    "error: you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'",
  )

export const isStatus = (error: unknown, reason: string): error is StatusError =>
  error instanceof StatusError && error.reason === reason
export const isNotFound = (error: unknown): error is StatusError => isStatus(error, 'NotFound')

/** Throws what was gathered: nothing, the one failure, or all of them. */
export function throwAll(errors: readonly Error[]): void {
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new AggregateFailure(errors)
}

/** `error when creating "a.yaml": …`: says which source an error came from (AddSourceToErr). */
export function withSource(verb: string, source: string, error: unknown): Error {
  if (!(error instanceof Error)) throw error
  if (!source || !isOurs(error)) return error
  const message = `error when ${verb} ${JSON.stringify(source)}: ${error.message}`
  // The message stands in the status, so that reasons and causes are printed as without a source.
  if (error instanceof StatusError) return new StatusError({ ...error.status, message }, message)
  return new CommandError(message)
}

export function isOurs(error: unknown): error is Error {
  return (
    error instanceof CommandError ||
    error instanceof StatusError ||
    error instanceof AggregateFailure ||
    error instanceof SilentExit ||
    error instanceof PlainError ||
    error instanceof UnreachableError
  )
}

/** The text of one failure among several: with the server's reason, without `error: ` (messageForError). */
function messageOf(error: Error): string {
  return error instanceof StatusError ? serverMessage(error) : error.message
}

function serverMessage(error: StatusError): string {
  if (error.reason === 'Unauthorized') return `error: You must be logged in to the server (${error.message})`
  return `Error from server${error.reason ? ` (${error.reason})` : ''}: ${error.message}`
}

function invalidMessage(error: StatusError): string {
  const { details, message } = error.status
  let text = 'The request is invalid'
  if (!details) return message ? `${text}: ${message}` : text
  const causes = [...new Set((details.causes ?? []).map(c => `${c.field ?? ''}: ${c.message ?? ''}`))]
  if (details.kind || details.name)
    text = `The ${details.kind ?? ''} ${goQuote(details.name ?? '')} is invalid`
  else if (message && !causes.length) text += `: ${message}`
  if (causes.length === 0) return text
  if (causes.length === 1) return `${text}: ${causes[0]}\n`
  return `${text}: \n${causes.map(c => `* ${c}\n`).join('')}`
}

/** What kubectl prints on stderr for a failure, and its exit code. */
export function failureText(error: Error): { text: string; exitCode: number } {
  if (error instanceof AggregateFailure && error.errors.length === 1) return failureText(error.errors[0]!)
  if (error instanceof SilentExit) return { text: '', exitCode: error.exitCode }
  let text: string
  if (error instanceof StatusError)
    text = error.reason === 'Invalid' ? invalidMessage(error) : serverMessage(error)
  else if (error instanceof AggregateFailure)
    text = flatten(error)
      .map(e => `${messageOf(e)}\n`)
      .join('')
  else if (error instanceof PlainError) text = error.message
  else if (error instanceof UnreachableError) text = error.text
  else text = error.message.startsWith('error: ') ? error.message : `error: ${error.message}`
  if (text && !text.endsWith('\n')) text += '\n'
  return { text, exitCode: error instanceof CommandError ? error.exitCode : 1 }
}

function flatten(error: AggregateFailure): Error[] {
  return error.errors.flatMap(e => (e instanceof AggregateFailure ? flatten(e) : [e]))
}
