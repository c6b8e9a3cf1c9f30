// docker push: an image, or all tags of a repository, goes to a registry (cli/command/image/push.go).
import { fullName } from '../../containers/registry.ts'
import { type Command, exactly } from '../command.ts'
import { DockerError } from '../errors.ts'
import { ConfigFile, serverOf } from '../images/config-file.ts'
import { LayerLines } from '../images/layer-lines.ts'
import { pushImage } from '../images/push.ts'
import { familiarName, parseReference, repositoryOf, whatIsWrong } from '../images/reference.ts'

export const push: Command = {
  names: ['image push', 'push'],
  usage: '[OPTIONS] NAME[:TAG]',
  arguments: exactly(1),
  flags: 'all-tags,a disable-content-trust=true platform:string quiet,q',
  withoutEffect: 'platform',
  *run({ process, daemon, flags, config, args: [text = ''] }) {
    const { stdout, terminal } = process
    const wrong = whatIsWrong(text)
    if (wrong) throw new DockerError(wrong)
    const name = parseReference(text)
    const all = flags.is('all-tags')
    const isBare = !name.digest && text.lastIndexOf(':') <= text.lastIndexOf('/')
    const quiet = flags.is('quiet')
    if (all && !isBare) throw new DockerError("tag can't be used with --all-tags/-a")
    if (isBare && !all && !quiet) stdout.write('Using default tag: latest\n')
    if (name.digest) throw new DockerError('cannot push a digest reference')
    yield* daemon.call(process, `/images/${name.path}/push`, 'POST')
    const repository = repositoryOf(name)
    const lines = quiet ? undefined : new LayerLines(stdout, terminal)
    lines?.text(`The push refers to repository [${repository}]`)
    const tags = daemon.images.all.flatMap(stored =>
      [...stored.tags].filter(tag => tag.slice(0, tag.lastIndexOf(':')) === repository),
    )
    if (tags.length === 0)
      throw new DockerError(`An image does not exist locally with the tag: ${familiarName(repository)}`)
    const wanted = all ? tags.sort() : [`${repository}:${name.tag}`]
    if (!all && !tags.includes(wanted[0]!))
      throw new DockerError(`tag does not exist: ${familiarName(repository)}:${name.tag}`)
    const login = new ConfigFile(process.files, config).login(serverOf(name.host))
    for (const tag of wanted) {
      const one = { ...name, tag: tag.slice(repository.length + 1) }
      yield* pushImage(daemon, one, login, lines?.another())
    }
    if (quiet) stdout.write(`${fullName(name)}\n`)
    return 0
  },
}
