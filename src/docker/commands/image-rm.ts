// docker rmi: names of images go, and images that have none left.
import { atLeast, type Command } from '../command.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { removeImage } from '../images/remove.ts'

export const imageRm: Command = {
  names: ['image rm', 'rmi'],
  aliases: 'docker image rm, docker image remove, docker rmi',
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  arguments: atLeast(1),
  flags: 'force,f no-prune platform:string',
  *run({ process, daemon, flags, args }) {
    const { stdout } = process
    const problems: string[] = []
    let isFatal = false
    for (const text of args) {
      yield* daemon.call(process, `/images/${text}`, 'DELETE')
      try {
        const { untagged, deleted } = removeImage(daemon, text, flags.is('force'), !flags.is('no-prune'))
        for (const each of untagged) stdout.write(`Untagged: ${each}\n`)
        for (const each of deleted) stdout.write(`Deleted: ${each}\n`)
      } catch (error) {
        if (!(error instanceof DaemonError)) throw error
        // With --force an image that is not there is no fault.
        if (!/^No such image/.test(error.reason) || !flags.is('force')) isFatal = true
        problems.push(error.message)
      }
    }
    if (problems.length && isFatal) throw new DockerError(problems.join('\n'))
    for (const each of problems) process.stderr.write(`${each}\n`)
    return 0
  },
}
