// What kubectl refuses although every name is right: something is missing, said twice, or needs to be asked for. What such
// a message means stands in the index of errors; here is the command that goes on.
import {
  findWord,
  flagValue,
  inserted,
  kubectlCall,
  plainWords,
  type Rule,
  replaced,
  type Said,
} from './said.ts'

/** The command with something at the end of its call of kubectl. */
function appended(said: Said, text: string): string {
  const last = kubectlCall(said)?.at(-1)
  return last ? inserted(said, last.to, ` ${text}`) : `${said.command.trimEnd()} ${text}`
}

const nothing = { code: '' }

const execDashes: Rule = {
  pattern: /exec \[POD\] \[COMMAND\] is not supported anymore/,
  find(_, said) {
    const second = plainWords(kubectlCall(said) ?? [])[2]
    return second && { ...nothing, wrong: second, cure: inserted(said, second.from, '-- ') }
  },
}

const execNothing: Rule = {
  pattern: /you must specify at least one command for the container/,
  find: (_, said) => ({ code: 'exec-command', cure: appended(said, '-- ls'), instead: true }),
}

const noShell: Rule = {
  pattern: /exec: "(?:\/bin\/)?bash": (?:executable file not found|stat \S+: no such file)/,
  find(_, said) {
    const wrong = findWord(said, '/bin/bash') ?? findWord(said, 'bash')
    return wrong && { ...nothing, wrong, cure: replaced(said, wrong, 'sh') }
  },
}

const valueKinds: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/strconv\.Parse(?:Int|Uint)/, 'flag-number'],
  [/strconv\.ParseBool/, 'flag-boolean'],
  [/time: /, 'flag-duration'],
]

const wrongValue: Rule = {
  pattern: /^error: invalid argument "(.*?)" for "(?:-\w, )?(--[\w-]+)" flag: (.*)/,
  find([, value = '', name = '', reason = ''], said) {
    const code = valueKinds.find(([pattern]) => pattern.test(reason))?.[1]
    if (!code) return undefined
    const wrong = findWord(said, `${name}=${value}`) ?? findWord(said, value)
    return { code, params: { name, value }, wrong, instead: true }
  },
}

const exitCode: Rule = {
  pattern: /^command terminated with exit code (\d+)/,
  find: ([, exit]) => ({ code: 'container-exit', params: { exit }, instead: true }),
}

const noFile: Rule = {
  pattern: /^error: must specify one of -f and -k/,
  find(_, said) {
    const files = said.around.filesBeside('').filter(file => /\.ya?ml$/.test(file))
    return { ...nothing, cure: appended(said, `-f ${files.length === 1 ? files[0] : ''}`) }
  },
}

const noName: Rule = {
  pattern: /resource\(s\) were provided, but no name was specified/,
  find(_, said) {
    const type = plainWords(kubectlCall(said) ?? [])[1]
    return type && { ...nothing, wrong: type, cure: `kubectl get ${type.text}` }
  },
}

const typeTwice: Rule = {
  pattern: /there is no need to specify a resource type as a separate argument/,
  find(_, said) {
    const types = plainWords(kubectlCall(said) ?? [])
      .slice(1)
      .filter(({ text }) => !text.includes('/'))
    const [type] = types
    if (!type) return undefined
    const cure = replaced(said, type, '').replace(/ {2,}/g, ' ').trimEnd()
    return { ...nothing, wrong: { from: type.from, to: type.to }, cure }
  },
}

const missingArgument: Rule = {
  pattern:
    /is a required argument for the (\w+) command|TYPE\/NAME and list of ports are required|You must provide one or more resources|Required resource not specified|you must specify the type of resource|exactly one NAME is required|at least one taint update is required|resource\(s\) were provided, but no|one or more resources must be specified/,
  find(_, said) {
    const words = kubectlCall(said)?.map(({ text }) => text) ?? []
    const path = said.around.path(words)
    return {
      code: 'argument-missing',
      params: { command: ['kubectl', ...path].join(' ') },
      cure: ['kubectl', ...path, '--help'].join(' '),
      instead: true,
    }
  },
}

const exposePort: Rule = {
  pattern: /couldn't find port via --port flag or introspection/,
  find: (_, said) => ({ code: 'expose-port', cure: appended(said, '--port=80'), instead: true }),
}

const overwrite: Rule = {
  pattern: /already has a value \(.*\), and --overwrite is false/,
  find: (_, said) => ({ ...nothing, cure: appended(said, '--overwrite') }),
}

const drain: Rule = {
  pattern: /cannot delete (DaemonSet-managed Pods|Pods that declare no controller|Pods with local storage)/i,
  find(_, said) {
    const { output } = said
    const flags = ['ignore-daemonsets', 'force', 'delete-emptydir-data'].filter(
      flag => output.includes(`use --${flag}`) && !said.command.includes(`--${flag}`),
    )
    return flags.length
      ? { ...nothing, cure: appended(said, flags.map(each => `--${each}`).join(' ')) }
      : undefined
  },
}

const previous: Rule = {
  pattern: /previous terminated container .* not found/,
  find(_, said) {
    const wrong = findWord(said, '--previous') ?? findWord(said, '-p')
    return wrong && { ...nothing, wrong, cure: replaced(said, wrong, '').replace(/ {2,}/g, ' ').trimEnd() }
  },
}

const paused: Rule = {
  pattern: /restart paused deployment|cannot rollback a paused deployment/,
  find(_, said) {
    const [, , ...named] = plainWords(kubectlCall(said) ?? []).map(({ text }) => text)
    return { ...nothing, cure: `kubectl rollout resume ${named.join(' ')}` }
  },
}

const noHistory: Rule = {
  pattern: /no rollout history found|unable to find specified revision/,
  find(_, said) {
    const [, , ...named] = plainWords(kubectlCall(said) ?? []).map(({ text }) => text)
    const wrong = flagValue(kubectlCall(said) ?? [], '--to-revision', '--revision')
    return { ...nothing, wrong, cure: `kubectl rollout history ${named.join(' ')}` }
  },
}

const waiting: Rule = {
  pattern: /timed out waiting for the condition|exceeded its progress deadline/,
  find: () => ({ ...nothing, cure: 'kubectl get pods' }),
}

const exists: Rule = {
  pattern: /\(AlreadyExists\): (?:error when creating .*: )?([\w.-]+) "([^"]+)" already exists/,
  find([, type = '', name = ''], said) {
    const call = kubectlCall(said) ?? []
    const verb = call.find(({ text }) => text === 'create')
    const file = flagValue(call, '-f', '--filename')
    // A file says what is wanted: `apply` takes it whether the object is there or not.
    if (verb && file) return { ...nothing, wrong: verb, cure: replaced(said, verb, 'apply') }
    return { ...nothing, wrong: findWord(said, name), cure: `kubectl get ${type.split('.')[0]} ${name}` }
  },
}

const conflict: Rule = {
  pattern: /the object has been modified; please apply your changes to the latest version/,
  find(_, said) {
    const [, ...named] = plainWords(kubectlCall(said) ?? []).map(({ text }) => text)
    const file = flagValue(kubectlCall(said) ?? [], '-f', '--filename')
    return {
      ...nothing,
      cure: file ? `kubectl get -f ${file.text} -o yaml` : `kubectl get ${named.join(' ')} -o yaml`,
    }
  },
}

const forbidden: Rule = {
  pattern: /\(Forbidden\): .*User "([^"]+)" cannot (\w+) resource "([^"]+)"(?:.*in the namespace "([^"]+)")?/,
  find([, user = '', , , namespace], said) {
    const flag = flagValue(kubectlCall(said) ?? [], '--as')
    const scope = namespace ? ` -n ${namespace}` : ''
    return { ...nothing, wrong: flag, cure: `kubectl auth can-i --list --as=${user}${scope}` }
  },
}

const quota: Rule = {
  pattern: /exceeded quota: ([\w.-]+)|failed quota: ([\w.-]+)/,
  find([, ...names], said) {
    const namespace = flagValue(kubectlCall(said) ?? [], '-n', '--namespace')?.text
    return {
      ...nothing,
      cure: `kubectl describe quota ${names.find(Boolean)}${namespace ? ` -n ${namespace}` : ''}`,
    }
  },
}

const replace: Rule = {
  pattern:
    /field is immutable(?! when)|pod updates may not change fields other than|updates to statefulset spec for fields other than|may not change once set/,
  find(_, said) {
    const call = kubectlCall(said) ?? []
    const file = flagValue(call, '-f', '--filename')
    const namespace = flagValue(call, '-n', '--namespace')?.text
    if (!file) return undefined
    return {
      code: 'replace-force',
      cure: `kubectl replace --force -f ${file.text}${namespace ? ` -n ${namespace}` : ''}`,
    }
  },
}

const notServing: Rule = {
  pattern:
    /^The connection to the server (?!localhost)(\S+) was refused|^Unable to connect to the server|etcdserver: request timed out/,
  find([, server]) {
    return { code: server ? 'server-refuses' : '', cure: 'fault list', instead: server !== undefined }
  },
}

const previousKubeconfig: Rule = {
  pattern: /^The connection to the server localhost:8080 was refused/,
  find: () => ({ ...nothing, cure: 'ls -l ~/.kube' }),
}

const logsWaiting: Rule = {
  pattern: /container "[^"]+" in pod "([^"]+)" is waiting to start/,
  find: ([, pod = '']) => ({ ...nothing, cure: `kubectl describe pod ${pod}` }),
}

export const usageRules: readonly Rule[] = [
  execDashes,
  execNothing,
  noShell,
  wrongValue,
  exitCode,
  noFile,
  noName,
  typeTwice,
  missingArgument,
  exposePort,
  overwrite,
  drain,
  previous,
  paused,
  noHistory,
  waiting,
  exists,
  conflict,
  forbidden,
  quota,
  replace,
  notServing,
  previousKubeconfig,
  logsWaiting,
]
