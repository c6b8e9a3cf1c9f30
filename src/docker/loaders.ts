// Where the commands of docker stand, by their first name: code and texts come when a command is first used. A command of
// several names (`images`, `image ls`) stands under the one that its part lists first; `names` below leads there.
import { PartTable } from '../engine/parts.ts'
import type { Command } from './command.ts'
import type { HelpTexts } from './help/help.ts'

export const dockerParts = new PartTable<Command>(
  'command of docker',
  {
    version: () => import('./commands/version.ts').then(each => each.version),
    'image ls': () => import('./commands/image-ls.ts').then(each => each.imageLs),
    'image tag': () => import('./commands/tag.ts').then(each => each.tag),
  },
  { within: 'docker' },
)

export const dockerHelpParts = new PartTable<HelpTexts>(
  'help of docker',
  { '--help': () => import('./help/help-texts.ts').then(each => each.helpTexts) },
  { within: 'docker' },
)

/** Other names of commands, and the part that each is: docker's own names and cobra's aliases. */
export const otherNames: Readonly<Record<string, string>> = {
  images: 'image ls',
  'image list': 'image ls',
  tag: 'image tag',
}

/** Names that cobra takes for another one of the same group, and shows as that. */
export const aliases: Readonly<Record<string, string>> = {
  'image list': 'image ls',
  'image remove': 'image rm',
  'container list': 'container ls',
  'container ps': 'container ls',
  'container remove': 'container rm',
  'network list': 'network ls',
  'network remove': 'network rm',
  'volume list': 'volume ls',
  'volume remove': 'volume rm',
  'context list': 'context ls',
  'builder build': 'build',
  'buildx b': 'buildx build',
}

/** Words that only lead to further ones. */
export const groups: ReadonlySet<string> = new Set(
  'builder buildx container context image manifest network plugin system trust volume swarm'.split(' '),
)
