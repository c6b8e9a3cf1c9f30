// Where the commands of docker stand, by their first name: code and texts come when a command is first used. A command of
// several names (`images`, `image ls`) stands under the one that its part lists first; `names` below leads there.
import { PartTable } from '../engine/parts.ts'
import type { Command } from './command.ts'
import type { HelpTexts } from './help/help.ts'

export const dockerParts = new PartTable<Command>(
  'command of docker',
  {
    build: () => import('./commands/build.ts').then(each => each.build),
    pull: () => import('./commands/pull.ts').then(each => each.pull),
    'container ls': () => import('./commands/container-ls.ts').then(each => each.containerLs),
    create: () => import('./commands/create.ts').then(each => each.create),
    kill: () => import('./commands/kill.ts').then(each => each.kill),
    logs: () => import('./commands/logs.ts').then(each => each.logs),
    pause: () => import('./commands/pause.ts').then(each => each.pause),
    rename: () => import('./commands/rename.ts').then(each => each.rename),
    restart: () => import('./commands/stop.ts').then(each => each.restart),
    rm: () => import('./commands/rm.ts').then(each => each.rm),
    run: () => import('./commands/run.ts').then(each => each.run),
    start: () => import('./commands/start.ts').then(each => each.start),
    stop: () => import('./commands/stop.ts').then(each => each.stop),
    unpause: () => import('./commands/pause.ts').then(each => each.unpause),
    version: () => import('./commands/version.ts').then(each => each.version),
    'image ls': () => import('./commands/image-ls.ts').then(each => each.imageLs),
    wait: () => import('./commands/wait.ts').then(each => each.wait),
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
  'builder build': 'build',
  'image build': 'build',
  'buildx build': 'build',
  images: 'image ls',
  'image list': 'image ls',
  tag: 'image tag',
  'image pull': 'pull',
  ps: 'container ls',
  ...Object.fromEntries(
    'attach commit cp create diff exec export kill logs pause port rename restart rm run start stats stop top unpause update wait'
      .split(' ')
      .map(name => [`container ${name}`, name]),
  ),
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
  'buildx b': 'buildx build',
}

/** Words that only lead to further ones. */
export const groups: ReadonlySet<string> = new Set(
  'builder buildx container context image manifest network plugin system trust volume swarm'.split(' '),
)
