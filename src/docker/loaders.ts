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
    attach: () => import('./commands/attach.ts').then(each => each.attach),
    'buildx du': () => import('./commands/buildx.ts').then(each => each.du),
    'buildx inspect': () => import('./commands/buildx.ts').then(each => each.inspect),
    'buildx ls': () => import('./commands/buildx.ts').then(each => each.ls),
    'buildx version': () => import('./commands/buildx.ts').then(each => each.buildxVersion),
    'container inspect': () => import('./commands/inspect.ts').then(each => each.containerInspect),
    'container prune': () => import('./commands/container-prune.ts').then(each => each.containerPrune),
    'context inspect': () => import('./commands/context.ts').then(each => each.inspect),
    'context ls': () => import('./commands/context.ts').then(each => each.ls),
    'context show': () => import('./commands/context.ts').then(each => each.show),
    'context use': () => import('./commands/context.ts').then(each => each.use),
    cp: () => import('./commands/cp.ts').then(each => each.cp),
    diff: () => import('./commands/diff.ts').then(each => each.diff),
    events: () => import('./commands/events.ts').then(each => each.events),
    exec: () => import('./commands/exec.ts').then(each => each.exec),
    info: () => import('./commands/info.ts').then(each => each.info),
    inspect: () => import('./commands/inspect.ts').then(each => each.inspect),
    'network connect': () => import('./commands/network.ts').then(each => each.connect),
    'network create': () => import('./commands/network.ts').then(each => each.create),
    'network disconnect': () => import('./commands/network.ts').then(each => each.disconnect),
    'network inspect': () => import('./commands/inspect.ts').then(each => each.networkInspect),
    'network ls': () => import('./commands/network.ts').then(each => each.ls),
    'network prune': () => import('./commands/network.ts').then(each => each.prune),
    'network rm': () => import('./commands/network.ts').then(each => each.rm),
    port: () => import('./commands/port.ts').then(each => each.port),
    stats: () => import('./commands/stats.ts').then(each => each.stats),
    top: () => import('./commands/top.ts').then(each => each.top),
    update: () => import('./commands/update.ts').then(each => each.update),
    'volume create': () => import('./commands/volume.ts').then(each => each.create),
    'volume inspect': () => import('./commands/inspect.ts').then(each => each.volumeInspect),
    'volume ls': () => import('./commands/volume.ts').then(each => each.ls),
    'volume prune': () => import('./commands/volume.ts').then(each => each.prune),
    'volume rm': () => import('./commands/volume.ts').then(each => each.rm),
    commit: () => import('./commands/commit.ts').then(each => each.commit),
    export: () => import('./commands/export.ts').then(each => each.exportContainer),
    'system df': () => import('./commands/system-df.ts').then(each => each.systemDf),
    'system prune': () => import('./commands/system-prune.ts').then(each => each.systemPrune),
    version: () => import('./commands/version.ts').then(each => each.version),
    'builder prune': () => import('./commands/builder-prune.ts').then(each => each.builderPrune),
    'image inspect': () => import('./commands/inspect.ts').then(each => each.imageInspect),
    'image prune': () => import('./commands/image-prune.ts').then(each => each.imagePrune),
    'image rm': () => import('./commands/image-rm.ts').then(each => each.imageRm),
    import: () => import('./commands/import.ts').then(each => each.importImage),
    load: () => import('./commands/save-load.ts').then(each => each.load),
    login: () => import('./commands/login.ts').then(each => each.login),
    logout: () => import('./commands/login.ts').then(each => each.logout),
    push: () => import('./commands/push.ts').then(each => each.push),
    save: () => import('./commands/save-load.ts').then(each => each.save),
    search: () => import('./commands/search.ts').then(each => each.search),
    history: () => import('./commands/history.ts').then(each => each.history),
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
  'buildx prune': 'builder prune',
  images: 'image ls',
  'image list': 'image ls',
  tag: 'image tag',
  'image pull': 'pull',
  'image history': 'history',
  'image import': 'import',
  'image load': 'load',
  'image push': 'push',
  'image save': 'save',
  'image remove': 'image rm',
  rmi: 'image rm',
  ps: 'container ls',
  'system events': 'events',
  'system info': 'info',
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
  'builder container context image network system volume'.split(' '),
)

/** Commands, and groups of them, that docker has and this simulator has not. */
export const absent: ReadonlySet<string> = new Set([
  ...'bake buildx checkpoint config manifest node plugin secret service stack swarm trust'.split(' '),
  ...'create export import rm remove update'.split(' ').map(name => `context ${name}`),
  'volume update',
])
