// The image of a new container: pulled where it is not here, or where the command line says so.

import type { Task } from '../../engine/task.ts'
import type { Context } from '../command.ts'
import { pullFor, wrongPlatform } from '../commands/pull.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { familiarReference, parseReference, whatIsWrong } from '../images/reference.ts'

/** Has the image be there; `make` is tried first where it need not be pulled, and again when it has come. */
export function* withImage<T>(context: Context, text: string, make: () => T): Task<T> {
  const { flags, process } = context
  const policy = flags.text('pull')
  if (!/^(always|missing|never|)$/.test(policy))
    throw new DockerError(`invalid pull option: '${policy}': must be one of "always", "missing" or "never"`)
  const wrong = isId(text) ? undefined : whatIsWrong(text)
  if (wrong) throw new DockerError(wrong)
  const quiet = flags.is('quiet')
  const platform = flags.text('platform')
  const wrongImage = isId(text) ? undefined : wrongPlatform(parseReference(text), platform)
  const made = (): T => {
    if (wrongImage && context.daemon.findImageQuietly(text)) throw new DaemonError(wrongImage)
    return make()
  }
  if (policy === 'always') yield* pullFor(context, text, { quiet, platform })
  try {
    return made()
  } catch (error) {
    if (!(error instanceof DaemonError) || policy !== 'missing') throw error
    if (error.reason !== wrongImage && !error.reason.startsWith('No such image')) throw error
  }
  if (!quiet)
    process.stderr.write(`Unable to find image '${familiarReference(parseReference(text))}' locally\n`)
  yield* pullFor(context, text, { quiet, platform })
  return made()
}

const isId = (text: string): boolean => /^(sha256:)?[0-9a-f]{64}$/.test(text)
