// docker tag: one more name for an image.
import { type Command, exactly } from '../command.ts'
import { DockerError } from '../errors.ts'
import { imageEvent } from '../images/events.ts'
import { familiarReference, parseReference, repositoryOf, whatIsWrong } from '../images/reference.ts'

export const tag: Command = {
  names: ['image tag', 'tag'],
  usage: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  arguments: exactly(2),
  flags: '',
  *run({ process, daemon, args: [source = '', target = ''] }) {
    const wrong = whatIsWrong(target)
    if (wrong)
      throw new DockerError(`Error parsing reference: "${target}" is not a valid repository/tag: ${wrong}`)
    const name = parseReference(target)
    if (name.digest) throw new DockerError('refusing to create a tag with a digest reference')
    yield* daemon.call(process, `/images/${source}/tag`, 'POST')
    const stored = daemon.image(source)
    daemon.images.tag(stored, `${repositoryOf(name)}:${name.tag}`, daemon.engine.now)
    imageEvent(daemon, 'tag', stored.id, familiarReference(name))
    return 0
  },
}
