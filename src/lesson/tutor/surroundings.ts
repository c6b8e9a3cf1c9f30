// What the tutor's rules may ask of the world in which a command failed. They only look: nothing in the world comes to
// know of it.

import { dockerParts } from '../../docker/loaders.ts'
import { FileError, resolvePath } from '../../engine/files.ts'
import type { ObjectOf } from '../../kinds/object.ts'
import { resources } from '../../kinds/resources.ts'
import { type Command, subcommand } from '../../kubectl/command.ts'
import { flagTable } from '../../kubectl/flags.ts'
import { root } from '../../kubectl/kubectl.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { home, workDirectory } from '../workstation.ts'
import type { World } from '../world.ts'

/** A type of objects as a command names it. */
export interface Resource {
  readonly plural: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly namespaced: boolean
}

const globalFlags = 'namespace,n:s context:s kubeconfig:s help,h as:s v:i '

/** A context of a kubeconfig, as far as suggestions look at it. */
interface NamedContext {
  readonly name: string
  readonly context?: { readonly namespace?: string }
}

export class Surroundings {
  readonly #world: World
  readonly #terminal: number

  constructor(world: World, terminal: number) {
    this.#world = world
    this.#terminal = terminal
  }

  /** Programs of the workstation, and the short names for kubectl. */
  get programs(): readonly string[] {
    return [...this.#world.programNames, 'k', 'kk', 'cd', 'export', 'source', 'alias', 'history', 'exit']
  }

  get dockerCommands(): readonly string[] {
    return ['images', 'ps', 'exec', 'rmi', ...dockerParts.names.map(name => name.split(' ')[0]!)]
  }

  /** Subcommands below a path (`['rollout']`), where there are any. */
  kubectlCommands(path: readonly string[] = []): readonly string[] {
    return this.#command(path)?.commands?.map(({ name }) => name) ?? []
  }

  /** Flags of a command, the short ones as `-n`; undefined where there is no such command. */
  flags(path: readonly string[]): readonly string[] | undefined {
    const command = this.#command(path)
    return (
      command &&
      flagTable(`${command.flags ?? ''} ${globalFlags}`.trim()).flatMap(({ name, short }) =>
        short ? [`--${name}`, `-${short}`] : [`--${name}`],
      )
    )
  }

  /** The path of subcommands that the words name. */
  path(words: readonly string[]): string[] {
    const path: string[] = []
    let commands = root.commands ?? []
    for (const word of words) {
      const next = subcommand(commands, word)
      if (!next) break
      path.push(next.name)
      commands = next.commands ?? []
    }
    return path
  }

  #command(path: readonly string[]): Command | undefined {
    let command: Command | undefined = root
    for (const word of path) command = command && subcommand(command.commands ?? [], word)
    return command
  }

  /** Types that the cluster serves, those of CustomResourceDefinitions too. */
  get resources(): readonly Resource[] {
    const custom = this.objects('customresourcedefinitions').map(({ spec }) => ({
      plural: spec.names.plural,
      singular: spec.names.singular ?? '',
      shortNames: spec.names.shortNames ?? [],
      group: spec.group,
      version: spec.versions.find(each => each.served)?.name ?? '',
      kind: spec.names.kind,
      namespaced: spec.scope === 'Namespaced',
    }))
    return [...resources, ...custom]
  }

  /** By plural, singular or short name, with or without its group. */
  resource(word: string): Resource | undefined {
    const [name = '', ...group] = word.toLowerCase().split('.')
    const asked = group.join('.')
    const isNamed = (each: Resource) =>
      each.plural === name || each.singular === name || each.shortNames.includes(name)
    const of = (all: readonly Resource[]) =>
      all.find(each => isNamed(each) && (!asked || each.group === asked || asked.endsWith(each.group)))
    return of(resources) ?? of(this.resources)
  }

  /** Objects of a type in a namespace, or in all. */
  objects<Name extends string>(word: Name, namespace?: string): readonly ObjectOf<Name>[] {
    const info =
      word === 'customresourcedefinitions'
        ? resources.find(each => each.plural === word)
        : this.resource(word)
    if (!info) return []
    const base = info.group ? `/apis/${info.group}/${info.version}` : `/api/${info.version}`
    const scope = info.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : ''
    const path = `${base}${scope}/${info.plural}`
    const { code, body } = this.#world.cluster.api.handle({
      method: 'GET',
      path,
      managedFields: false,
      looks: true,
    })
    return code === 200 ? body.items : []
  }

  names(word: string, namespace?: string): string[] {
    return this.objects(word, namespace).map(each => each.metadata.name)
  }

  /** Of the kubeconfig's context in use. */
  get namespace(): string {
    const { contexts, current } = this.#kubeconfig
    return contexts.find(each => each.name === current)?.context?.namespace || 'default'
  }

  get contexts(): readonly string[] {
    return this.#kubeconfig.contexts.map(({ name }) => name)
  }

  get #kubeconfig(): { contexts: NamedContext[]; current: string } {
    const text = this.#read(`${home}/.kube/config`)
    try {
      const config = parseYaml(text ?? '') as Readonly<Record<string, unknown>> | null
      const contexts: (NamedContext | null)[] = Array.isArray(config?.contexts) ? config.contexts : []
      return {
        contexts: contexts.filter(each => !!each?.name) as NamedContext[],
        current: String(config?.['current-context'] ?? ''),
      }
    } catch {
      return { contexts: [], current: '' } // a kubeconfig that is no YAML has none
    }
  }

  /** Names in the directory of a path, as they would be typed. */
  filesBeside(path: string): string[] {
    const directory = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
    try {
      return this.#world.files.list(resolvePath(this.#cwd, directory || '.')).map(name => directory + name)
    } catch (error) {
      if (error instanceof FileError) return []
      throw error
    }
  }

  /** The text of a file, from where the command was typed. */
  read(path: string): string | undefined {
    return this.#read(resolvePath(this.#cwd, path))
  }

  /** A path as the working directory's files are called; elsewhere whole. */
  fileName(path: string): string {
    const whole = resolvePath(this.#cwd, path)
    return whole.startsWith(`${workDirectory}/`) ? whole.slice(workDirectory.length + 1) : whole
  }

  get #cwd(): string {
    return this.#world.terminal(this.#terminal).cwd
  }

  #read(path: string): string | undefined {
    try {
      return this.#world.files.read(path)
    } catch (error) {
      if (error instanceof FileError) return undefined
      throw error
    }
  }
}
