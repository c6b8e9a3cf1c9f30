// Names that nothing bears: commands, flags, types of objects, objects, namespaces, contexts, containers.
import { dictionary } from '../../engine/dictionary.ts'
import { nearest } from '../../manifest/nearest.ts'
import { podSpecOf } from '../checks.ts'
import type { Span } from './explanation.ts'
import {
  type Finding,
  findWord,
  flagValue,
  inserted,
  kubectlCall,
  plainWords,
  type Rule,
  replaced,
  type Said,
} from './said.ts'

const textsOf = (said: Said): string[] => (kubectlCall(said) ?? []).map(({ text }) => text)

/** What other programs call it. */
const otherWords: Readonly<Record<string, string>> = dictionary({
  ps: 'get pods',
  list: 'get',
  ls: 'get',
  show: 'get',
  rm: 'delete',
  remove: 'delete',
  del: 'delete',
  stop: 'delete',
  start: 'run',
  deploy: 'apply',
  update: 'apply',
  install: 'apply',
  ssh: 'exec',
  enter: 'exec',
  bash: 'exec',
  restart: 'rollout restart',
  rollback: 'rollout undo',
  undo: 'rollout undo',
  log: 'logs',
  use: 'config use-context',
  inspect: 'describe',
})

const unknownCommand: Rule = {
  // Groups of commands take what follows for an argument.
  pattern:
    /^error: (?:unknown command "(\S+)(?: .*)?" for "kubectl([^"]*)"|unknown command "([^" ]+)|Unexpected args: \[([^\] ]+))/,
  find([, top, group, below, args], said) {
    const name = top ?? below ?? args ?? ''
    const wrong = findWord(said, name)
    if (!wrong) return undefined
    const path = group === undefined ? said.around.path(textsOf(said)) : group.split(' ').filter(Boolean)
    const other = path.length ? undefined : otherWords[name]
    const near =
      // What is to be applied stands in files.
      (other === 'apply' && !textsOf(said).includes('-f') ? 'apply -f' : other) ??
      nearest(name, said.around.kubectlCommands(path))
    return subcommandFinding(said, path, name, wrong, near)
  },
}

function subcommandFinding(
  said: Said,
  path: readonly string[],
  name: string,
  wrong: Span,
  near: string | undefined,
): Finding {
  if (near) return { code: 'command-near', params: { name, near }, wrong, cure: replaced(said, wrong, near) }
  return { code: 'command-unknown', params: { name }, wrong, cure: ['kubectl', ...path, '--help'].join(' ') }
}

const unknownFlag: Rule = {
  pattern: /^error: unknown (?:flag: (--[\w-]+)|shorthand flag: '(.)' in (-\S+))/,
  find([, long, letter, cluster = ''], said) {
    const call = kubectlCall(said)
    const name = long ?? `-${letter}`
    const word = said.words.find(({ text }) =>
      long ? text === long || text.startsWith(`${long}=`) : text === cluster,
    )
    if (!call || !word) return undefined
    const wrong = { from: word.from, to: word.from + (long ?? cluster).length }
    const path = said.around.path(textsOf(said))
    // A group does not know the flags of its commands: `kubectl create deploymnet web --image=nginx`.
    const argument = plainWords(call)[path.length]
    const meant = argument && nearest(argument.text, said.around.kubectlCommands(path))
    if (argument && meant) return subcommandFinding(said, path, argument.text, argument, meant)
    const flags = said.around.flags(path) ?? []
    const command = ['kubectl', ...path].join(' ')
    // `-namespace`: one dash too few.
    const whole = !long && flags.includes(`-${cluster.split('=')[0]}`) ? `-${cluster}` : undefined
    const near =
      whole ??
      (long &&
        nearest(
          long,
          flags.filter(flag => flag.startsWith('--')),
        ))
    if (near)
      return {
        code: whole ? 'flag-dashes' : 'flag-near',
        params: { name: whole ? cluster : name, near },
        wrong,
        cure: replaced(said, wrong, near),
      }
    const elsewhere =
      long && said.around.kubectlCommands().find(each => said.around.flags([each])?.includes(long))
    return {
      code: elsewhere ? 'flag-elsewhere' : 'flag-unknown',
      params: { name, command, elsewhere: elsewhere ?? '' },
      wrong,
      cure: `${command} --help`,
      instead: true,
    }
  },
}

const flagWithoutValue: Rule = {
  pattern: /^error: flag needs an argument: (?:'(.)' in (-\S+)|(--\S+))/,
  find([, , short, long], said) {
    const name = long ?? short ?? ''
    const wrong = findWord(said, name)
    return { code: 'flag-value', params: { name }, wrong, cure: `${said.command.trimEnd()} `, instead: true }
  },
}

/** Values that a required flag likely takes. */
const likely: Readonly<Record<string, string>> = dictionary({
  image: 'nginx',
  replicas: '3',
  max: '3',
  tcp: '80',
  port: '80',
})

const requiredFlag: Rule = {
  pattern: /^error: required flag\(s\) "([^"]+)" not set/,
  find([, name = ''], said) {
    const flag = `--${name}=${likely[name] ?? ''}`
    return {
      code: 'flag-required',
      params: { name: `--${name}`, flag },
      cure: `${said.command.trimEnd()} ${flag}`,
      instead: true,
    }
  },
}

const unknownType: Rule = {
  pattern:
    /^error: (?:the server doesn't have a resource type|resource mapping not found for name: .* no matches for kind) "([^"]+)"/,
  find([, name = ''], said) {
    const wrong = findWord(said, name)
    if (!wrong) return undefined
    const { resources, resource } = said.around
    const known = resources.flatMap(each => [each.plural, each.singular])
    const plain = name.toLowerCase()
    const near = nearest(plain, known.filter(Boolean))
    const found = near === undefined ? undefined : resource.call(said.around, near)
    if (!near || !found)
      return { code: 'type-unknown', params: { name }, wrong, cure: 'kubectl api-resources' }
    const short = found.shortNames[0]
    return {
      code: short ? 'type-near-short' : 'type-near',
      params: { name, near, short: short ?? '' },
      wrong,
      cure: replaced(said, wrong, near),
      more: 'kubectl api-resources',
    }
  },
}

/** The namespace that the command works in, and the word that says so. */
function namespaceOf(said: Said): {
  name: string
  word: { from: number; to: number; text: string } | undefined
} {
  const word = flagValue(kubectlCall(said) ?? [], '-n', '--namespace')
  return { name: word?.text ?? said.around.namespace, word }
}

/** The namespace is not there: a list in it is empty, an object in it is not found. */
function missingNamespace(said: Said): Finding | undefined {
  const { name, word } = namespaceOf(said)
  const namespaces = said.around.names('namespaces')
  if (!word || namespaces.includes(name)) return undefined
  const flag = said.words.find(({ to }) => to === word.to)
  // `-namespace`: one dash too few, and `-n` took the rest for its value.
  if (flag && said.around.flags([])?.includes(`-${flag.text}`))
    return {
      code: 'flag-dashes',
      params: { name: flag.text, near: `-${flag.text}` },
      wrong: flag,
      cure: replaced(said, flag, `-${flag.text}`),
      instead: true,
    }
  const near = nearest(name, namespaces)
  return near
    ? {
        code: 'namespace-near',
        params: { name, near },
        wrong: word,
        cure: replaced(said, word, near),
        instead: true,
      }
    : {
        code: 'namespace-missing',
        params: { name, namespaces: namespaces.join(', ') },
        wrong: word,
        cure: `kubectl create namespace ${name}`,
        instead: true,
      }
}

const emptyNamespace: Rule = {
  pattern: /^No resources found in (\S+) namespace\.$/,
  find: (_, said) => missingNamespace(said),
}

const notFound: Rule = {
  pattern: /(?:\(NotFound\): |failed to create \w+: )(?:error when .*?: )?([\w.-]+) "([^"]+)" not found/,
  find([, type = '', name = ''], said) {
    const missing = missingNamespace(said)
    if (missing) return missing
    const info = said.around.resource(type)
    const wrong = findWord(said, name)
    if (!info) return undefined
    const { name: namespace } = namespaceOf(said)
    const word = info.singular || info.plural
    const names = said.around.names(info.plural, namespace)
    if (!wrong)
      return { code: 'object-missing', params: { name, kind: info.kind }, cure: `kubectl get ${info.plural}` }
    const near = nearest(name, names)
    if (near && near !== name)
      return {
        code: 'object-near',
        params: { name, near, kind: info.kind },
        wrong,
        cure: replaced(said, wrong, near),
        instead: true,
      }
    const elsewhere = info.namespaced
      ? said.around.objects(info.plural).find(({ metadata }) => metadata.name === name)?.metadata.namespace
      : undefined
    if (elsewhere) {
      const { word: at } = namespaceOf(said)
      const cure = at ? replaced(said, at, elsewhere) : inserted(said, wrong.to, ` -n ${elsewhere}`)
      return {
        code: 'object-elsewhere',
        params: { name, kind: info.kind, namespace: elsewhere },
        wrong,
        cure,
        instead: true,
      }
    }
    // A name that its owner made up: `web` for a pod `web-7c4f-x`.
    const made = names.find(each => each.startsWith(`${name}-`))
    if (made)
      return {
        code: 'object-made',
        params: { name, near: made, kind: info.kind },
        wrong,
        cure: replaced(said, wrong, made),
        instead: true,
      }
    if (type === 'namespaces')
      return {
        code: 'namespace-missing',
        params: { name, namespaces: names.join(', ') },
        wrong,
        cure: `kubectl create namespace ${name}`,
        instead: true,
      }
    const scope = info.namespaced ? '-in' : ''
    return {
      code: `${names.length ? 'object-unknown' : 'object-none'}${scope}`,
      params: { name, kind: info.kind, namespace, names: names.slice(0, 5).join(', ') },
      wrong,
      cure: `kubectl get ${word === info.kind.toLowerCase() ? info.plural : word}${info.namespaced ? ' -A' : ''}`,
      instead: true,
    }
  },
}

const unknownContext: Rule = {
  pattern: /no context exists with the name: "([^"]+)"|context "([^"]+)" does not exist/,
  find([, ...found], said) {
    const name = found.find(Boolean) ?? ''
    const wrong = findWord(said, name)
    const { contexts } = said.around
    const near = nearest(name, contexts) ?? (contexts.length === 1 ? contexts[0] : undefined)
    if (!wrong) return undefined
    if (!near)
      return { code: 'context-unknown', params: { name }, wrong, cure: 'kubectl config get-contexts' }
    return { code: 'context-near', params: { name, near }, wrong, cure: replaced(said, wrong, near) }
  },
}

const unknownFormat: Rule = {
  pattern: /unable to match a printer suitable for the output format "([^"]+)", allowed formats are: (.+)/,
  find([, name = '', formats = ''], said) {
    const wrong = findWord(said, name)
    const near = nearest(name, formats.split(','))
    return wrong && near
      ? { code: 'format-near', params: { name, near }, wrong, cure: replaced(said, wrong, near) }
      : undefined
  },
}

const unknownContainer: Rule = {
  pattern:
    /container (\S+) is not valid for pod \S+ out of: (.+)|a container name must be specified for pod \S+, choose one of: \[?([^\]]+)/,
  find([, name, valid = '', choices = ''], said) {
    const names = (valid || choices).split(/[\s,]+/).filter(each => /^[\w-]+$/.test(each))
    const wrong = name ? findWord(said, name) : undefined
    const near = (name && nearest(name, names)) || names[0]
    if (!near) return undefined
    if (wrong)
      return {
        code: 'container-near',
        params: { name: name ?? '', near, names: names.join(', ') },
        wrong,
        cure: replaced(said, wrong, near),
      }
    const call = kubectlCall(said)
    const last = plainWords(call ?? [])[1]
    if (!last) return undefined
    return {
      code: 'container-choose',
      params: { names: names.join(', ') },
      cure: inserted(said, last.to, ` -c ${near}`),
      instead: true,
    }
  },
}

const unknownContainerToSet: Rule = {
  pattern: /^error: unable to find container named "([^"]+)"/,
  find([, name = ''], said) {
    const words = plainWords(kubectlCall(said) ?? []).map(({ text }) => text)
    const at = words.findIndex(text => text === 'image' || text === 'resources')
    const [type = '', named = words[at + 2] ?? ''] = (words[at + 1] ?? '').split('/')
    const { name: namespace } = namespaceOf(said)
    const object = said.around.objects(type, namespace).find(({ metadata }) => metadata.name === named)
    const names = (podSpecOf(object)?.containers ?? []).map(each => each.name)
    const wrong = findWord(said, name)
    const near = nearest(name, names) ?? names[0]
    if (!wrong || !near) return undefined
    return {
      code: 'container-near',
      params: { name, near, names: names.join(', ') },
      wrong,
      cure: replaced(said, wrong, near),
    }
  },
}

const unknownField: Rule = {
  pattern: /^error: field "([^"]+)" does not exist/,
  find([, name = ''], said) {
    const wrong = findWord(said, name)
    const word = said.words.find(each => wrong && each.from <= wrong.from && each.to >= wrong.to)
    const parent = word?.text.slice(0, word.text.lastIndexOf(`.${name}`))
    return wrong && parent
      ? { code: 'explain-parent', params: { name, parent }, wrong, cure: `kubectl explain ${parent}` }
      : undefined
  },
}

const unknownDockerCommand: Rule = {
  pattern: /^docker: unknown command: docker (\S+)|^docker: '(\S+)' is not a docker command/,
  find([, ...found], said) {
    const name = found.find(Boolean) ?? ''
    const wrong = findWord(said, name)
    if (!wrong) return undefined
    if (name === 'compose')
      return {
        code: 'tool-compose',
        params: { name: 'docker compose', line: '' },
        wrong,
        cure: 'docker run ',
        instead: true,
      }
    const near = nearest(name, said.around.dockerCommands)
    if (!near)
      return { code: 'docker-unknown', params: { name }, wrong, cure: 'docker --help', instead: true }
    return {
      code: 'command-near',
      params: { name, near },
      wrong,
      cure: replaced(said, wrong, near),
      instead: true,
    }
  },
}

export const nameRules: readonly Rule[] = [
  unknownCommand,
  unknownFlag,
  flagWithoutValue,
  requiredFlag,
  unknownType,
  emptyNamespace,
  notFound,
  unknownContext,
  unknownFormat,
  unknownContainer,
  unknownContainerToSet,
  unknownField,
  unknownDockerCommand,
]
